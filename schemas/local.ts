import { type Static, Type } from '@sinclair/typebox';
import { Id, IdOrEmpty, Instant, InstantOrEmpty, text } from './fields';

/* Collections that never leave the terminal. They have no sync fields. */

const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** A sale that was parked, or is being typed: a reload brings it back. */
export const draftSchema = Type.Object(
  {
    id: Id,
    title: text(120),
    updatedAt: Instant,
    /** The cart, as `client/features/sale` keeps it; not interpreted here. */
    cart: Type.Object({}, { additionalProperties: true }),
  },
  { additionalProperties: false },
);
export type Draft = Static<typeof draftSchema>;

/** One sync run: who asked for it, what went through, how it ended. */
export const runSchema = Type.Object(
  {
    id: Id,
    /** Unit of the run: clients, products, users or invoices (see `shared/sync/units`). */
    unit: text(20),
    /**
     * login: at login; single: one collection asked for; all: a stage of "Sincronizar Servidor (Todo)";
     * logout: not a run, but the record that somebody logged out with documents pending.
     */
    trigger: Type.Union([
      Type.Literal('login'),
      Type.Literal('single'),
      Type.Literal('all'),
      Type.Literal('logout'),
    ]),
    userId: IdOrEmpty,
    userName: text(120),
    startedAt: Type.String({ maxLength: 24 }),
    finishedAt: InstantOrEmpty,
    status: Type.Union([
      Type.Literal('running'),
      Type.Literal('done'),
      Type.Literal('failed'),
      Type.Literal('cancelled'),
    ]),
    received: count,
    sent: count,
    conflicts: count,
    rejected: count,
    /** Documents still pending when it ended; -1: not known, like its other figures, since it has not ended or was cut. */
    pending: Type.Integer({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER }),
    errorCode: text(60),
  },
  { additionalProperties: false },
);
export type Run = Static<typeof runSchema>;

const FieldValue = Type.Unknown();

/** Two sides changed the same field: the value first accepted stays, the other is kept here and can be applied. */
export const conflictSchema = Type.Object(
  {
    id: Type.String({ maxLength: 120 }),
    /** (`collection` is a name that RxDB keeps for itself.) */
    collectionName: text(20),
    documentId: Id,
    title: text(200),
    at: Instant,
    status: Type.Union([Type.Literal('open'), Type.Literal('applied'), Type.Literal('kept')]),
    decidedAt: InstantOrEmpty,
    decidedBy: text(120),
    fields: Type.Array(
      Type.Object(
        { field: text(60), base: FieldValue, mine: FieldValue, theirs: FieldValue },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type ConflictRecord = Static<typeof conflictSchema>;

/** The server refused one document and said why. The document itself stays where it is, pending. */
export const rejectedSchema = Type.Object(
  {
    /** `collection:documentId`: a later refusal replaces an earlier one. */
    id: Type.String({ maxLength: 80 }),
    /** (`collection` is a name that RxDB keeps for itself.) */
    collectionName: text(20),
    documentId: Id,
    title: text(200),
    /** The edit that was refused; when the document's `edit` differs, a correction is on its way. */
    edit: text(36),
    code: text(60),
    message: text(500),
    at: Instant,
  },
  { additionalProperties: false },
);
export type RejectedRecord = Static<typeof rejectedSchema>;

/** Small facts of the terminal: identity, last login, what is complete, the flow that a reload resumes. */
export const settingSchema = Type.Object(
  { id: Type.String({ maxLength: 60 }), value: Type.Unknown() },
  { additionalProperties: false },
);
export type Setting = Static<typeof settingSchema>;
