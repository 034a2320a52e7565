import { Type } from '@sinclair/typebox';

/** Largest integer that JSON, SQLite and a double all hold exactly. */
const MAX_INT = Number.MAX_SAFE_INTEGER;

/** UUID in lower case, made where the document is born. */
export const Id = Type.String({
  maxLength: 36,
  minLength: 36,
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
});

/** A UUID or the empty string, where the link is not known or not wanted. */
export const IdOrEmpty = Type.String({
  maxLength: 36,
  pattern: '^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$',
});

/** UTC instant as `Date.prototype.toISOString` prints it; fixed width, so text order is time order. */
export const Instant = Type.String({
  maxLength: 24,
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
});

export const InstantOrEmpty = Type.String({
  maxLength: 24,
  pattern: '^(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z)?$',
});

/** The store's own day, `YYYY-MM-DD`: data, never derived from a clock on another machine. */
export const BusinessDate = Type.String({ maxLength: 10, pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** Money in minor units, zero or more. */
export const Amount = Type.Integer({ minimum: 0, maximum: MAX_INT });

/** Money in minor units, either sign. */
export const SignedAmount = Type.Integer({ minimum: -MAX_INT, maximum: MAX_INT });

/** Quantity in thousandths, more than zero. */
export const Quantity = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 });

/** Quantity in thousandths, either sign. */
export const SignedQuantity = Type.Integer({ minimum: -MAX_INT, maximum: MAX_INT });

/** Rate in basis points, 0 to 100 %. */
export const BasisPoints = Type.Integer({ minimum: 0, maximum: 10_000 });

/** Free text of a bounded length, may be empty. */
export const text = (maxLength: number) => Type.String({ maxLength });

/** Text that must say something. */
export const label = (maxLength: number) =>
  Type.String({ maxLength, minLength: 1, pattern: '\\S' });

/** Running number of a terminal's stock-affecting documents, from 1. */
export const Serial = Type.Integer({ minimum: 1, maximum: 2_147_483_647, multipleOf: 1 });

/** Lower-case hexadecimal SHA-256, or empty for the first link of a chain. */
export const HashOrEmpty = Type.String({ maxLength: 64, pattern: '^([0-9a-f]{64})?$' });

/** P-256 ECDSA signature: r and s, 32 bytes each, base64url without padding; empty where nothing was signed. */
export const SignatureOrEmpty = Type.String({ maxLength: 86, pattern: '^([A-Za-z0-9_-]{86})?$' });

/**
 * The fields that syncing itself needs, in every synced document.
 *
 * - `ver`: server-owned version; 0 until the server first acknowledged the document.
 * - `edit`: id of the write that made this state. Two states with the same `ver` and `edit` are the same state,
 *   so equality needs no deep comparison, and a push that is repeated is recognised.
 * - `pending`: 1 from a local write until the server acknowledges that very write. It is indexed: what is pending
 *   is counted from the documents, never from a clock.
 */
export const syncFields = {
  id: Id,
  ver: Type.Integer({ minimum: 0, maximum: 2_147_483_647, multipleOf: 1 }),
  edit: Type.String({ maxLength: 36, minLength: 1 }),
  pending: Type.Integer({ minimum: 0, maximum: 1, multipleOf: 1 }),
};
export const SYNC_FIELD_NAMES = ['id', 'ver', 'edit', 'pending'] as const;
