import { type Static, Type } from '@sinclair/typebox';
import { Instant, InstantOrEmpty } from '../../schemas/fields';

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
/** null: the terminal could not read it; never the same as none. */
const Known = Type.Union([Count, Type.Null()]);
const closed = { additionalProperties: false } as const;

export const UnitName = Type.Union([
  Type.Literal('clients'),
  Type.Literal('products'),
  Type.Literal('users'),
  Type.Literal('invoices'),
]);

/** How the last sync of a unit ended, and when all of it was last received. */
const unitSyncSchema = Type.Object(
  {
    unit: UnitName,
    endedAt: Instant,
    status: Type.Union([Type.Literal('done'), Type.Literal('failed'), Type.Literal('cancelled')]),
    errorCode: Type.String({ maxLength: 60, pattern: '^[A-Z_]*$' }),
    /** '': never. */
    completeAt: InstantOrEmpty,
  },
  closed,
);

/**
 * `POST /api/terminals/self/report`: how a terminal stands, after each sync run and at login. `counter` grows with each
 * report of the terminal: the highest one stays, whatever comes late. `at` is the terminal's own clock.
 */
export const terminalReportSchema = Type.Object(
  {
    counter: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    at: Instant,
    /** run: a sync run has just ended; login: somebody logged in, or the page was loaded anew. */
    reason: Type.Union([Type.Literal('login'), Type.Literal('run')]),
    program: Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z.+-]+$' }),
    /** Version of each collection's schema. */
    schemas: Type.Record(
      Type.String({ pattern: '^[a-z]{1,20}$' }),
      Type.Integer({ minimum: 0, maximum: 9999 }),
      { ...closed, maxProperties: 20 },
    ),
    pending: Type.Object(
      { clients: Known, products: Known, invoices: Known, movements: Known, shifts: Known },
      closed,
    ),
    /** When the oldest invoice that is pending was issued; '': none is. */
    oldestPending: InstantOrEmpty,
    rejected: Known,
    conflicts: Known,
    /** Invoices that the server flagged and nobody attended to at that terminal. */
    alerts: Known,
    syncs: Type.Array(unitSyncSchema, { maxItems: 4 }),
  },
  closed,
);
export type TerminalReport = Static<typeof terminalReportSchema>;

/** A report, and what the server noted when it came. `skewMs`: the terminal's clock minus the server's. */
const keptReportSchema = Type.Object({
  receivedAt: Instant,
  skewMs: Type.Integer(),
  report: terminalReportSchema,
});
export type KeptReport = Static<typeof keptReportSchema>;

export const AlertKind = Type.Union([
  /** A fiscal deadline has passed, or soon will, for what is pending. */
  Type.Literal('deadlinePassed'),
  Type.Literal('deadlineNear'),
  Type.Literal('duplicateConsecutive'),
  Type.Literal('silent'),
  Type.Literal('rejected'),
  Type.Literal('clockSkew'),
  Type.Literal('oversold'),
  Type.Literal('programBehind'),
]);
export type AlertKind = Static<typeof AlertKind>;

/**
 * Something that a person should do. `terminalId` is '' where it is about the store; `count`, `at` and `names` are what the
 * words of its kind speak of.
 */
export const fleetAlertSchema = Type.Object({
  kind: AlertKind,
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  terminalId: Type.String(),
  /** `2 · Caja 2`, or ''. */
  terminal: Type.String(),
  count: Type.Integer(),
  at: InstantOrEmpty,
  names: Type.Array(Type.String()),
});
export type FleetAlert = Static<typeof fleetAlertSchema>;

/** One hour of the store's day, by its own clock: runs that ended and were told of, and sales issued that have come. */
const hourSchema = Type.Object({
  hour: Type.Integer({ minimum: 0, maximum: 23 }),
  syncs: Count,
  sales: Count,
});
export type FleetHour = Static<typeof hourSchema>;

/** Reply of `GET /api/fleet` (roles with `readFleet`): one store's terminals, alerts first. */
export const fleetReplySchema = Type.Object({
  at: Instant,
  program: Type.String(),
  store: Type.Object({ id: Type.String(), name: Type.String(), timeZone: Type.String() }),
  alerts: Type.Array(fleetAlertSchema),
  terminals: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.Integer(),
      name: Type.String(),
      revoked: Type.Boolean(),
      /** Last request that the server noted, or the last report, whichever is later. */
      lastContactAt: InstantOrEmpty,
      /** null: it has never reported. */
      last: Type.Union([keptReportSchema, Type.Null()]),
    }),
  ),
  /** The store's day that `hours` are of. */
  date: Type.String(),
  hours: Type.Array(hourSchema),
});
export type FleetReply = Static<typeof fleetReplySchema>;
export type FleetTerminal = FleetReply['terminals'][number];
