import { type Static, Type } from '@sinclair/typebox';
import { Id, Instant } from '../../schemas/fields';

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** What is asked of the log; each member narrows it down. */
export const auditFilterSchema = Type.Object(
  {
    actor: Type.Optional(Type.String({ minLength: 1, maxLength: 36 })),
    action: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z]+$' })),
    terminal: Type.Optional(Id),
    /** From this instant on. */
    from: Type.Optional(Instant),
    /** Before this instant. */
    to: Type.Optional(Instant),
  },
  { additionalProperties: false },
);
export type AuditFilter = Static<typeof auditFilterSchema>;

export const auditEntrySchema = Type.Object({
  id: Type.String(),
  at: Type.String(),
  /** Id of a user; '' nobody, `cli` the server's own commands. */
  actor: Type.String(),
  action: Type.String(),
  /** '' where it was no terminal. */
  terminalId: Type.String(),
  details: Type.Record(Type.String(), Type.Unknown()),
});
export type AuditEntryReply = Static<typeof auditEntrySchema>;

/** Words for the ids of a store's people and terminals. */
const namesSchema = Type.Record(Type.String(), Type.String());

/** `GET /api/audit?...&limit=L&before=C` (owner): newest first. `next`: where the older ones begin, or null. */
export const auditPageSchema = Type.Object({
  entries: Type.Array(auditEntrySchema),
  people: namesSchema,
  terminals: namesSchema,
  next: Type.Union([Type.String(), Type.Null()]),
});
export type AuditPage = Static<typeof auditPageSchema>;

/** `POST /api/audit/exports` (owner): all that the filter lets through, to be kept elsewhere. It is audited itself. */
export const auditExportSchema = Type.Object({
  entries: Type.Array(auditEntrySchema),
  people: namesSchema,
  terminals: namesSchema,
  /** There are more than one answer holds: narrow the filter down. */
  isCut: Type.Boolean(),
});
export type AuditExport = Static<typeof auditExportSchema>;

/** `POST /api/verifications` (owner): every terminal's chain, walked now over what the server has. */
export const verificationSchema = Type.Object({
  at: Type.String(),
  terminals: Type.Array(
    Type.Object({
      terminalId: Type.String(),
      number: Count,
      name: Type.String(),
      count: Count,
      signed: Count,
      lastHash: Type.String(),
      bad: Type.Union([
        Type.Null(),
        Type.Object({
          fault: Type.String(),
          invoiceId: Type.String(),
          consecutive: Type.String(),
          serial: Count,
          issuedAt: Type.String(),
          expected: Type.String(),
          found: Type.String(),
        }),
      ]),
    }),
  ),
});
export type Verification = Static<typeof verificationSchema>;

/** What happened at a terminal and no document shows; kept there until it can be told. */
const note = <A extends string, T extends Parameters<typeof Type.Object>[0]>(
  action: A,
  details: T,
) =>
  Type.Object(
    {
      id: Id,
      at: Instant,
      userId: Id,
      action: Type.Literal(action),
      details: Type.Object(details, { additionalProperties: false }),
    },
    { additionalProperties: false },
  );

export const auditNoteSchema = Type.Union([
  note('listExported', {
    list: Type.Union([Type.Literal('clients'), Type.Literal('products')]),
    count: Count,
  }),
  note('conflictDecided', {
    collection: Type.String({ maxLength: 20 }),
    documentId: Id,
    decision: Type.Union([Type.Literal('applied'), Type.Literal('kept')]),
  }),
  note('loggedOutPending', {
    /** -1: not known. */
    pending: Type.Integer({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER }),
    approvedBy: Type.Optional(Id),
  }),
]);
export type AuditNote = Static<typeof auditNoteSchema>;

/** `POST /api/audit/notes`: told by a terminal, so each says when it happened there. Sent again, it is written once. */
export const auditNotesRequestSchema = Type.Object(
  { notes: Type.Array(auditNoteSchema, { minItems: 1, maxItems: 100 }) },
  { additionalProperties: false },
);
export type AuditNotesRequest = Static<typeof auditNotesRequestSchema>;
