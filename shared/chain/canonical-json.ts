import { AppError } from '../errors/app-error';

/**
 * JSON with sorted keys and no white space: equal values give equal text on every machine. Optional fields that are
 * undefined are left out; anything JSON cannot say throws INVALID_DOCUMENT.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new AppError('INVALID_DOCUMENT', { notJson: typeof value });
}
