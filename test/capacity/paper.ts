/** What one operation costs, as `measure.ts` found it. CPU in milliseconds, of server and database together. */
export interface Costs {
  /** An invoice, pushed in batches of ten. */
  pushMs: number;
  /** The same once the store had as many again. */
  pushLaterMs: number;
  /** A pull that brings nothing new, and one that brings a page of a thousand invoices. */
  idlePullMs: number;
  fullPageMs: number;
  /** A login, its two hashes of the password included. */
  loginMs: number;
  /** Bytes of the database that an invoice takes, with its movements, numbers and indexes. */
  storedBytes: number;
  /** Bytes of an invoice in a pull. */
  sentBytes: number;
  /** Invoices a second that one store's pushes came to, one after the other, by the clock. */
  storePerSecond: number;
}

/** A chain of stores, by assumption. */
export interface Shape {
  stores: number;
  terminals: number;
  years: number;
  /** Of one terminal on one day, every day of the year. */
  invoices: number;
  /** Everybody opens within this many minutes, and closes within as many. */
  rushMinutes: number;
  /** Days of invoices that terminals hold. */
  keepDays: number;
}

export type Line = readonly [what: string, value: string];

const DAYS = 365;
/** Pulls of a login and of a full sync: one of each collection that a terminal receives. */
const PULLS = 6;

const big = (value: number): string => Math.round(value).toLocaleString('en-US');
const size = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(bytes) / 3)));
  return `${(bytes / 1000 ** at).toPrecision(3)} ${units[at]}`;
};
const cores = (value: number): string => `${value.toPrecision(2)} cores`;

/**
 * The chain on paper: what it would store, and how much of a machine it would keep busy in its rushes. No more than the costs
 * times the counts: nothing here says how queues behave.
 */
export function onPaper(costs: Costs, shape: Shape): Line[] {
  const { stores, terminals, years, invoices, rushMinutes, keepDays } = shape;
  const desks = stores * terminals;
  const aDay = desks * invoices;
  const all = aDay * DAYS * years;
  const ofStore = all / stores;
  const held = terminals * invoices * keepDays;
  const rush = rushMinutes * 60_000;
  const opening = (desks * (costs.loginMs + PULLS * costs.idlePullMs)) / rush;
  const received = (terminals * invoices) / 1000;
  const closing =
    (aDay * costs.pushLaterMs + desks * (PULLS * costs.idlePullMs + received * costs.fullPageMs)) /
    rush;
  return [
    ['terminals', big(desks)],
    ['invoices a day; in all', `${big(aDay)}; ${big(all)}`],
    ['stored a day; in all', `${size(aDay * costs.storedBytes)}; ${size(all * costs.storedBytes)}`],
    ['stored of one store', `${big(ofStore)} invoices, ${size(ofStore * costs.storedBytes)}`],
    [`opening, within ${rushMinutes} minutes`, cores(opening)],
    [`closing, all of the day within ${rushMinutes} minutes`, cores(closing)],
    [
      'closing of one store, one push after the other',
      `${((terminals * invoices) / costs.storePerSecond).toFixed(0)} s`,
    ],
    ['a terminal that holds everything', `${big(ofStore)}, ${size(ofStore * costs.sentBytes)}`],
    [`a terminal that holds ${keepDays} days`, `${big(held)}, ${size(held * costs.sentBytes)}`],
    [
      'first sync of a new terminal, at the server',
      `${((ofStore / 1000) * costs.fullPageMs * 1e-3).toFixed(1)} s of CPU; with ${keepDays} days ${((held / 1000) * costs.fullPageMs * 1e-3).toFixed(1)} s`,
    ],
  ];
}
