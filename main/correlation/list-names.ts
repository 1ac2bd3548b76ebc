/** "anna", "anna and svc-sql", "anna, svc-sql and 5 more": at most `most` names, each once. */
export function listNames(names: readonly string[], most = 3): string {
  const unique = [...new Set(names)];
  // "and 1 more" takes the room of the name that it hides.
  const shown = unique.length <= most ? unique : unique.slice(0, most - 1);
  const left = unique.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  return shown.length <= 1 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}
