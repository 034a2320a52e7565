/** Text of a JSON value that does not depend on the order of its keys. */
export function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${key}:${ordered(member)}`).join(',')}}`;
}

export const same = (a: unknown, b: unknown): boolean => ordered(a) === ordered(b);
