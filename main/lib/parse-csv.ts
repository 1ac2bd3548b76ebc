export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/**
 * Rows of RFC 4180 text with the number of the line on which each begins (from 1); empty lines are left out. Tolerant where spreadsheets are: a byte
 * order mark, any line end, semicolons or tabs instead of commas (whichever the first line uses most, where `given` does not say). An open quote ends with the text.
 */
export function parseCsv(text: string, given?: string): CsvRow[] {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const delimiter = given ?? delimiterOf(body);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let line = 1;
  let startedAt = 1;
  const endRow = () => {
    cells.push(cell);
    if (cells.some((value) => value.trim() !== '')) rows.push({ line: startedAt, cells });
    cells = [];
    cell = '';
  };
  for (let at = 0; at < body.length; at++) {
    const sign = body[at];
    if (isQuoted) {
      if (sign === '\n') line++;
      if (sign !== '"') cell += sign;
      else if (body[at + 1] === '"') cell += body[++at];
      else isQuoted = false;
    } else if (sign === '"' && cell === '') isQuoted = true;
    else if (sign === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && body[at + 1] === '\n') at++;
      endRow();
      startedAt = ++line;
    } else cell += sign;
  }
  if (cell !== '' || cells.length > 0) endRow();
  return rows;
}

function delimiterOf(text: string): string {
  const first = text.split(/[\r\n]/, 1)[0];
  const count = (sign: string) => first.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
