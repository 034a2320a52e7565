import { type Static, Type } from '@sinclair/typebox';
import { Id, Instant } from '../../schemas/fields';
import { KeepDays } from './messages';

/** What is asked of the archive; each member narrows it down. */
export const archiveFilterSchema = Type.Object(
  {
    /** Issued from this instant on. */
    from: Type.Optional(Instant),
    /** Issued before this instant. */
    to: Type.Optional(Instant),
    /** A whole consecutive (20 digits) or clave (50), or the running number alone, at any terminal. */
    number: Type.Optional(Type.String({ maxLength: 50, pattern: '^(\\d{1,10}|\\d{20}|\\d{50})$' })),
    /** Id of an invoice: credit and debit notes about it. */
    notesOf: Type.Optional(Id),
  },
  { additionalProperties: false },
);
export type ArchiveFilter = Static<typeof archiveFilterSchema>;

/**
 * `GET /api/archive/invoices?from=&to=&number=&notesOf=&before=C&limit=L`: the store's invoices, archived or not, newest first.
 * `next`: where the older ones begin, or null.
 */
export const archivePageSchema = Type.Object({
  epoch: Type.String(),
  documents: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  next: Type.Union([Type.String(), Type.Null()]),
});
export type ArchivePage = Static<typeof archivePageSchema>;

/** `PATCH /api/store` (roles with `manageTerminals`). Replies with `{ store }`, a StoreProfile; it comes with the next session too. */
export const storeChangeSchema = Type.Object(
  { keepDays: KeepDays },
  { additionalProperties: false },
);
export type StoreChange = Static<typeof storeChangeSchema>;
