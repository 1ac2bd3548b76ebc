/** A number of a record against a limit of a rule; what is no number passes never. Throws where the limit is none. */
export function numberTest(operator: string, limit: string): (value: string) => boolean {
  const compare = comparison(operator, limit);
  return (value) => {
    const number = Number(value);
    return value.trim() !== '' && !Number.isNaN(number) && compare(number);
  };
}

/** `lt`, `lte`, `gt`, `gte`, `eq`, `neq`. Throws an Error that names what is wrong. */
export function comparison(operator: string, text: string): (value: number) => boolean {
  const limit = Number(text);
  if (text.trim() === '' || Number.isNaN(limit)) throw new Error(`"${text}" is no number`);
  if (operator === 'lt') return (value) => value < limit;
  if (operator === 'lte') return (value) => value <= limit;
  if (operator === 'gt') return (value) => value > limit;
  if (operator === 'gte') return (value) => value >= limit;
  if (operator === 'neq') return (value) => value !== limit;
  if (operator === 'eq') return (value) => value === limit;
  throw new Error(`"${operator}" compares no numbers`);
}
