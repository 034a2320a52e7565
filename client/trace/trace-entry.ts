import { type Static, type TProperties, Type } from '@sinclair/typebox';

/*
 * What a terminal writes down of what it did and of what the server answered. Nothing secret is ever in an entry: the
 * recorder takes single fields, never a body, a header or an answer as it came.
 */

const Doc = Type.Record(Type.String(), Type.Unknown());
export type TracedDocument = Static<typeof Doc>;

const entry = <const K extends string, P extends TProperties>(kind: K, parts: P) =>
  Type.Object(
    {
      kind: Type.Literal(kind),
      /** Life of a page: from its opening to its end. */
      page: Type.String(),
      /** The terminal's clock, ms since 1970. */
      at: Type.Number(),
      ...parts,
    },
    { additionalProperties: false },
  );

const Call = Type.Object(
  { service: Type.String(), method: Type.String(), args: Type.Array(Type.Unknown()) },
  { additionalProperties: false },
);
/** What a screen asked of a service of the desk; arguments as plain values, documents by their ids. */
export type TracedCall = Static<typeof Call>;

const SentRow = Type.Object(
  { id: Type.String(), edit: Type.String(), ver: Type.Number() },
  { additionalProperties: false },
);

const RowResult = Type.Object(
  {
    id: Type.String(),
    result: Type.Union([
      Type.Literal('accepted'),
      Type.Literal('superseded'),
      Type.Literal('conflict'),
      Type.Literal('rejected'),
    ]),
    ver: Type.Optional(Type.Number()),
    code: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type TracedRow = Static<typeof RowResult>;

/** What of the store's invoices the server has archived, as a page says it. Its place at the server is left out. */
const TracedCut = Type.Object(
  { issuedBefore: Type.String(), kept: Type.Array(Type.String()) },
  { additionalProperties: false },
);
export type TracedCut = Static<typeof TracedCut>;

const StoredRow = Type.Object(
  {
    id: Type.String(),
    ver: Type.Number(),
    edit: Type.String(),
    pending: Type.Number(),
    /** What stood there before; null: nothing did; left out: not known. */
    before: Type.Optional(Type.Union([Doc, Type.Null()])),
    /** Fields that a local write changed, with their new values. */
    set: Type.Optional(Doc),
  },
  { additionalProperties: false },
);
export type TracedStore = Static<typeof StoredRow>;

export const traceEntrySchema = Type.Union([
  entry('start', {
    userName: Type.Union([Type.String(), Type.Null()]),
    terminalId: Type.Union([Type.String(), Type.Null()]),
  }),
  entry('call', {
    op: Type.String(),
    call: Call,
    /** Nothing else was under way: a trace can begin here. `saved`: nothing was pending either, as far as was shown. */
    rest: Type.Optional(
      Type.Object(
        { userName: Type.Union([Type.String(), Type.Null()]), saved: Type.Boolean() },
        { additionalProperties: false },
      ),
    ),
  }),
  /** Whose name was typed in an earlier call: then it was not known yet that it is one. Not in a case, see `build-case.ts`. */
  entry('named', { op: Type.String(), userName: Type.String() }),
  /** `code`: '' where it went well. */
  entry('done', { op: Type.String(), code: Type.String() }),
  entry('sent', {
    message: Type.String(),
    method: Type.String(),
    /** Without its query. */
    path: Type.String(),
    collection: Type.Union([Type.String(), Type.Null()]),
    /** Pull: how far the terminal had read. */
    seq: Type.Optional(Type.Number()),
    rows: Type.Optional(Type.Array(SentRow)),
  }),
  entry('heard', {
    message: Type.String(),
    ms: Type.Number(),
    /** '' for an answer as it should be; else the code of the problem, or of what broke. */
    code: Type.String(),
    rows: Type.Optional(Type.Array(RowResult)),
    /** Documents that the answer brought; left out where they were too many to keep. */
    documents: Type.Optional(Type.Array(Doc)),
    count: Type.Optional(Type.Number()),
    remaining: Type.Optional(Type.Number()),
    /** Pull: the life of the server's data that the page is of. */
    epoch: Type.Optional(Type.String()),
    cut: Type.Optional(TracedCut),
  }),
  entry('stored', {
    collection: Type.String(),
    /** The operation that wrote; null: syncing did, or nobody who is known. */
    by: Type.Union([Type.String(), Type.Null()]),
    context: Type.String(),
    rows: Type.Array(StoredRow),
    /** Documents of the same write that are not listed. */
    others: Type.Number(),
  }),
  entry('run', {
    unit: Type.String(),
    status: Type.String(),
    received: Type.Number(),
    sent: Type.Number(),
    conflicts: Type.Number(),
    rejected: Type.Number(),
    equality: Type.Union([Type.String(), Type.Null()]),
    errorCode: Type.String(),
  }),
]);
export type TraceEntry = Static<typeof traceEntrySchema>;
export type EntryOf<K extends TraceEntry['kind']> = Extract<TraceEntry, { kind: K }>;
