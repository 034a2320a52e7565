import { AppError } from '../errors/app-error';

/** Without a class: a Date or a Map has members that JSON would lose. Asks for the root, since realms have many. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * JSON with sorted keys and no white space: equal values give equal text on every machine. Optional members that are
 * undefined are left out, as the wire leaves them out; anything else that JSON cannot say (NaN, undefined in a list, a
 * Date, a function) throws INVALID_DOCUMENT.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new AppError('INVALID_DOCUMENT', { notJson: typeof value });
}
