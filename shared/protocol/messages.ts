import { type Static, Type } from '@sinclair/typebox';
import { Role } from '../../schemas/users';

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** How far a terminal has read the changes of one collection; `epoch` names one life of the server's data. */
export const checkpointSchema = Type.Object(
  { epoch: Type.String({ minLength: 1, maxLength: 36 }), seq: Count },
  { additionalProperties: false },
);
export type Checkpoint = Static<typeof checkpointSchema>;

/** How many documents a collection holds, and which: the digest of their `id:ver`, 16 hex digits (`shared/digest`). */
export const contentsSchema = Type.Object({
  count: Count,
  digest: Type.String({ pattern: '^[0-9a-f]{16}$' }),
});
export type Contents = Static<typeof contentsSchema>;

/**
 * What of a store's invoices terminals no longer hold: those with a place up to `seq` that were issued before `before`
 * (an instant), but for `kept` (ids). It only ever moves forward.
 */
export const cutSchema = Type.Object({
  before: Type.String(),
  seq: Count,
  kept: Type.Array(Type.String()),
});
export type Cut = Static<typeof cutSchema>;

/**
 * Reply of `GET /api/sync/:collection?epoch&seq&limit`. `remaining`: documents after this page, exact.
 * `contents`: what the server holds at this very checkpoint; on the page that reaches the end, and only there.
 * `cut`: of invoices, on every page once the store has one; page and `contents` lack what it names.
 */
export const pullReplySchema = Type.Object({
  documents: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  checkpoint: checkpointSchema,
  remaining: Count,
  contents: Type.Optional(contentsSchema),
  cut: Type.Optional(cutSchema),
});
export type PullReply = Static<typeof pullReplySchema>;

/** Envelope of a push; each row is checked on its own, so that a bad one does not hold up the others. */
export const pushRequestSchema = Type.Object(
  {
    epoch: Type.String({ minLength: 1, maxLength: 36 }),
    rows: Type.Array(
      Type.Object(
        { newDocumentState: Type.Unknown(), assumedMasterState: Type.Optional(Type.Unknown()) },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
);
export type PushRequest = Static<typeof pushRequestSchema>;

/**
 * Reply of a push: each row stands in exactly one of the four lists.
 * `superseded`: the row's edit was accepted by an earlier push whose answer was lost, and others have built on it since;
 * the current document is given, to be taken as it is (a merge would see conflicts that never were).
 */
export const pushReplySchema = Type.Object({
  accepted: Type.Array(Type.Object({ id: Type.String(), ver: Type.Integer({ minimum: 1 }) })),
  superseded: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  conflicts: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  rejected: Type.Array(
    Type.Object({ id: Type.String(), code: Type.String(), message: Type.String() }),
  ),
});
export type PushReply = Static<typeof pushReplySchema>;

/** What this terminal may see of one collection. `digest`: 16 hex digits, see `shared/digest`. */
export const collectionStatusSchema = Type.Object({
  count: Count,
  seq: Count,
  digest: Type.String(),
});
export type CollectionStatus = Static<typeof collectionStatusSchema>;

export const statusReplySchema = Type.Object({
  epoch: Type.String(),
  serverTime: Type.String(),
  collections: Type.Record(Type.String(), collectionStatusSchema),
});
export type StatusReply = Static<typeof statusReplySchema>;

/**
 * Reply of `GET /api/sync/:collection/digests?prefix=P`: the documents whose ids begin with P. Few are listed; many are
 * counted in buckets, by the next two characters of their ids.
 */
export const digestsReplySchema = Type.Object({
  epoch: Type.String(),
  buckets: Type.Array(
    Type.Composite([Type.Object({ prefix: Type.String({ maxLength: 36 }) }), contentsSchema]),
  ),
  documents: Type.Array(
    Type.Object({ id: Type.String(), ver: Type.Integer({ minimum: 1 }), seq: Count }),
  ),
});
export type DigestsReply = Static<typeof digestsReplySchema>;

/** Reply of `GET /api/sync/:collection/documents?ids=A,B`: those of them that the server has, each with its place. */
export const documentsReplySchema = Type.Object({
  epoch: Type.String(),
  documents: Type.Array(
    Type.Object({ seq: Count, document: Type.Record(Type.String(), Type.Unknown()) }),
  ),
});
export type DocumentsReply = Static<typeof documentsReplySchema>;

/**
 * Reply of `GET /api/sync/:collection/origins?ids=A,B`: those of them with which the store's present life began, as they
 * were then, and the life that it was restored from ('': not known).
 */
export const originsReplySchema = Type.Object({
  epoch: Type.String(),
  parent: Type.String(),
  documents: Type.Array(Type.Record(Type.String(), Type.Unknown())),
});
export type OriginsReply = Static<typeof originsReplySchema>;

export const KeepDays = Type.Union([
  Type.Literal(0),
  Type.Integer({ minimum: 30, maximum: 36_500 }),
]);

/** What a terminal must know of its store to issue documents. */
export const storeProfileSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  legalName: Type.String(),
  /** Issuer's identification, digits; 12 of them go into the clave. */
  issuerId: Type.String(),
  address: Type.String(),
  phone: Type.String(),
  email: Type.String(),
  branch: Type.String({ pattern: '^\\d{3}$' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  /** Hours after issue within which the tax authority should have the document. */
  fiscalDeadlineHours: Type.Integer({ minimum: 1 }),
  /** Discount in basis points above which a cashier needs a supervisor. */
  maxDiscount: Type.Integer({ minimum: 0, maximum: 10_000 }),
  timeZone: Type.String(),
  /** Days for which terminals hold invoices; older ones are asked of the server. 0, or left out: all of them. */
  keepDays: Type.Optional(KeepDays),
  /** A store to look at, whose data are nobody's. */
  demo: Type.Optional(Type.Boolean()),
});
export type StoreProfile = Static<typeof storeProfileSchema>;

export const terminalProfileSchema = Type.Object({
  id: Type.String(),
  number: Type.Integer({ minimum: 1, maximum: 99_999 }),
  name: Type.String(),
});
export type TerminalProfile = Static<typeof terminalProfileSchema>;

/** A terminal's public key: a point of P-256. */
export const publicKeySchema = Type.Object(
  {
    kty: Type.Literal('EC'),
    crv: Type.Literal('P-256'),
    x: Type.String({ minLength: 43, maxLength: 43 }),
    y: Type.String({ minLength: 43, maxLength: 43 }),
  },
  { additionalProperties: false },
);
const Signature = Type.String({ minLength: 86, maxLength: 86 });

/** `POST /api/terminals`: a one-time code becomes a terminal. The credential is set as an HttpOnly cookie. */
export const enrolRequestSchema = Type.Object(
  {
    code: Type.String({ minLength: 4, maxLength: 40 }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    /** Where the browser can hold one. The signature shows that it does (`proof-bytes`). */
    key: Type.Optional(
      Type.Object(
        { publicKey: publicKeySchema, signature: Signature },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type EnrolRequest = Static<typeof enrolRequestSchema>;
export const enrolReplySchema = Type.Object({
  epoch: Type.String(),
  store: storeProfileSchema,
  terminal: terminalProfileSchema,
});
export type EnrolReply = Static<typeof enrolReplySchema>;

/** `GET /api/setup`: whether there is no store yet. */
export const setupStatusSchema = Type.Object({ needed: Type.Boolean() });
export type SetupStatus = Static<typeof setupStatusSchema>;

/** `POST /api/setup`: the first store and its owner, by the code that the server printed. Replies with a `CodeReply`. */
export const setupRequestSchema = Type.Object(
  {
    code: Type.String({ minLength: 4, maxLength: 40 }),
    store: Type.Composite(
      [Type.Omit(storeProfileSchema, ['id', 'fiscalDeadlineHours', 'maxDiscount', 'keepDays'])],
      { additionalProperties: false },
    ),
    owner: Type.Object(
      {
        userName: Type.String({ minLength: 1, maxLength: 40 }),
        displayName: Type.String({ minLength: 1, maxLength: 120 }),
        password: Type.String({ minLength: 1, maxLength: 200 }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type SetupRequest = Static<typeof setupRequestSchema>;

/** `POST /api/session/challenge`: something for this terminal to sign. */
export const challengeRequestSchema = Type.Object(
  { terminalId: Type.String({ minLength: 1, maxLength: 36 }) },
  { additionalProperties: false },
);
export const challengeReplySchema = Type.Object({ challenge: Type.String({ maxLength: 200 }) });

/** That the terminal holds its key, and that no other profile has gone on under its identity. */
export const terminalProofSchema = Type.Object(
  {
    terminalId: Type.String({ minLength: 1, maxLength: 36 }),
    challenge: Type.String({ minLength: 1, maxLength: 200 }),
    signature: Signature,
    /** Of a terminal that was enrolled before there were keys; elsewhere it is not looked at. */
    publicKey: Type.Optional(publicKeySchema),
    nonce: Type.Object(
      {
        /** The last one that was answered, '' before the first. */
        used: Type.String({ maxLength: 36 }),
        /** The one that takes its place; the same until there is an answer. */
        next: Type.String({ minLength: 1, maxLength: 36 }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type TerminalProof = Static<typeof terminalProofSchema>;

/** `POST /api/session`. */
export const loginRequestSchema = Type.Object(
  {
    userName: Type.String({ minLength: 1, maxLength: 40 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
    proof: Type.Optional(terminalProofSchema),
  },
  { additionalProperties: false },
);
export type LoginRequest = Static<typeof loginRequestSchema>;
/** Reply of `POST` and `GET /api/session`. */
export const sessionReplySchema = Type.Object({
  epoch: Type.String(),
  serverTime: Type.String(),
  user: Type.Object({
    id: Type.String(),
    userName: Type.String(),
    displayName: Type.String(),
    role: Role,
  }),
  store: storeProfileSchema,
  terminal: terminalProfileSchema,
  /** Another browser profile has this terminal's identity, or had it (F13). */
  copied: Type.Optional(Type.Boolean()),
});
export type SessionReply = Static<typeof sessionReplySchema>;

/** `POST /api/terminals/codes` (owner): a code for one terminal. `GET /api/terminals`: the list. */
export const codeReplySchema = Type.Object({ code: Type.String(), expiresAt: Type.String() });
export type CodeReply = Static<typeof codeReplySchema>;
export const terminalListSchema = Type.Object({
  terminals: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.Integer(),
      name: Type.String(),
      enrolledAt: Type.String(),
      lastSeenAt: Type.String(),
      revoked: Type.Boolean(),
      /** Whether it proves itself by a key, or by its cookie alone. */
      hasKey: Type.Boolean(),
      /** When it was last noticed that two profiles have its identity; '' where it was not. */
      copiedAt: Type.String(),
    }),
  ),
});
export type TerminalList = Static<typeof terminalListSchema>;

/** `PATCH /api/terminals/:id` (owner). */
export const renameRequestSchema = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 60 }) },
  { additionalProperties: false },
);

export type RenameRequest = Static<typeof renameRequestSchema>;

/** What a file is; where an import does not say, the file's header does. */
export const importKindSchema = Type.Union([
  Type.Literal('products'),
  Type.Literal('clients'),
  Type.Literal('sales'),
  Type.Literal('catalogue'),
  Type.Literal('cabys'),
]);

/** `POST /api/imports` (owner): one file, as text. The store is the session's. */
export const importRequestSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    text: Type.String(),
    kind: Type.Optional(importKindSchema),
    /** Price before tax for the new products of a catalogue, minor units. */
    defaultPrice: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
    /** Text of a CABYS list that products are checked against. */
    cabys: Type.Optional(Type.String()),
    dryRun: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type ImportRequest = Static<typeof importRequestSchema>;

const importCountsSchema = Type.Object({ created: Count, edited: Count, unchanged: Count });
/** `refusedCount` is exact; `refused` lists the first `LIMITS.importRefusals` of them, by line. */
export const importReplySchema = Type.Object({
  kind: importKindSchema,
  lines: Count,
  products: importCountsSchema,
  clients: importCountsSchema,
  openings: Count,
  refusedCount: Count,
  refused: Type.Array(
    Type.Object({
      line: Count,
      field: Type.String(),
      code: Type.String(),
      value: Type.String(),
    }),
  ),
});
export type ImportReply = Static<typeof importReplySchema>;

/** RFC 9457. */
export const problemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  requestId: Type.Optional(Type.String()),
  /** With EPOCH_CHANGED: the epoch that is now in force. */
  epoch: Type.Optional(Type.String()),
});
export type Problem = Static<typeof problemSchema>;
