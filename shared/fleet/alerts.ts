import { COLLECTION_NAMES, COLLECTIONS } from '../../schemas/registry';
import { isOlder } from '../program';
import type { AlertKind, FleetAlert, FleetTerminal, KeptReport } from '../protocol/fleet-messages';
import { hoursOnDays } from './store-hours';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const FLEET_LIMITS = {
  /** A terminal that has something pending is silent after so many hours of days on which the store was open ... */
  silentOpenHours: 24,
  /** ... or after so many of any days: in a store of one terminal no day looks open without it. */
  silentHours: 72,
  /** The fiscal deadline is near when less than this is left, or a quarter of it where it is short. */
  deadlineMarginHours: 12,
  /** As the status bar has it (F2). */
  skewMs: 5 * MINUTE_MS,
  /** Names that an alert lists; its count is exact. */
  names: 5,
} as const;

/** What the alerts of one store follow from. `now` in ms. */
export interface FleetFacts {
  now: number;
  timeZone: string;
  fiscalDeadlineHours: number;
  /** The server's own. */
  program: string;
  terminals: readonly FleetTerminal[];
  /** Products with less than nothing: how many, and the first of them by name. */
  oversold: { count: number; names: readonly string[] };
  /** Consecutives that the server took twice, of the last days. */
  duplicates: readonly string[];
  /** The store's days on which it was open. */
  openDays: ReadonlySet<string>;
}

/** In this order: what the law waits for, what may be lost to sight, what can be mended in peace. */
const ORDER: Record<AlertKind, number> = {
  deadlinePassed: 0,
  deadlineNear: 1,
  duplicateConsecutive: 2,
  silent: 3,
  rejected: 4,
  clockSkew: 5,
  oversold: 6,
  programBehind: 7,
};

const SEVERITY: Record<AlertKind, FleetAlert['severity']> = {
  deadlinePassed: 'error',
  deadlineNear: 'error',
  duplicateConsecutive: 'error',
  silent: 'warning',
  rejected: 'warning',
  clockSkew: 'warning',
  oversold: 'warning',
  programBehind: 'warning',
};

/** Sum of what a terminal last reported as pending; null where it could not read one of them. */
export function reportedPending({ report }: KeptReport): number | null {
  let sum = 0;
  for (const count of Object.values(report.pending)) {
    if (count === null) return null;
    sum += count;
  }
  return sum;
}

/** Whether a terminal runs an older program than the server, or keeps its documents in an older form. */
export const isBehind = ({ report }: KeptReport, program: string): boolean =>
  isOlder(report.program, program) ||
  COLLECTION_NAMES.some((name) => {
    const version = report.schemas[name];
    return version !== undefined && version < COLLECTIONS[name].version;
  });

export const isSkewed = ({ skewMs }: KeptReport): boolean => Math.abs(skewMs) > FLEET_LIMITS.skewMs;

/** What a person should look at in one store, the most pressing first. Revoked terminals are nobody's concern. */
export function fleetAlerts(facts: FleetFacts): FleetAlert[] {
  const alerts: FleetAlert[] = [];
  const add = (
    kind: AlertKind,
    about: Partial<Pick<FleetAlert, 'count' | 'at' | 'names'>>,
    terminal?: FleetTerminal,
  ): void => {
    alerts.push({
      kind,
      severity: SEVERITY[kind],
      terminalId: terminal?.id ?? '',
      terminal: terminal === undefined ? '' : `${terminal.number} · ${terminal.name}`,
      count: 0,
      at: '',
      names: [],
      ...about,
    });
  };
  const { oversold, duplicates } = facts;
  if (duplicates.length > 0) {
    const names = duplicates.slice(0, FLEET_LIMITS.names);
    add('duplicateConsecutive', { count: duplicates.length, names });
  }
  if (oversold.count > 0) {
    const names = oversold.names.slice(0, FLEET_LIMITS.names);
    add('oversold', { count: oversold.count, names });
  }
  for (const terminal of facts.terminals) {
    const { last } = terminal;
    if (terminal.revoked || last === null) continue;
    const late = deadline(last, facts);
    if (late !== null) add(late.kind, { at: late.at }, terminal);
    const pending = reportedPending(last);
    if (pending !== 0 && isSilent(terminal.lastContactAt, facts)) {
      add('silent', { at: terminal.lastContactAt, count: pending ?? -1 }, terminal);
    }
    const { rejected } = last.report;
    if (rejected !== null && rejected > 0) add('rejected', { count: rejected }, terminal);
    if (isSkewed(last)) {
      add('clockSkew', { count: Math.round(last.skewMs / MINUTE_MS) }, terminal);
    }
    if (isBehind(last, facts.program)) {
      add('programBehind', { names: [last.report.program, facts.program] }, terminal);
    }
  }
  /* Stable: what is alike stays in the order of the terminals. */
  return alerts.sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}

/** The deadline of the oldest invoice that is pending, where it is near or past. */
function deadline(
  { report }: KeptReport,
  { now, fiscalDeadlineHours }: FleetFacts,
): { kind: 'deadlinePassed' | 'deadlineNear'; at: string } | null {
  if (report.oldestPending === '') return null;
  /* By the instant that the document itself bears, whatever that terminal's clock says: the law reads the document. */
  const end = Date.parse(report.oldestPending) + fiscalDeadlineHours * HOUR_MS;
  const margin = Math.min(FLEET_LIMITS.deadlineMarginHours, fiscalDeadlineHours / 4) * HOUR_MS;
  if (now < end - margin) return null;
  const at = new Date(end).toISOString();
  return { kind: now >= end ? 'deadlinePassed' : 'deadlineNear', at };
}

function isSilent(lastContactAt: string, { now, openDays, timeZone }: FleetFacts): boolean {
  if (lastContactAt === '') return false;
  const from = Date.parse(lastContactAt);
  if (now - from >= FLEET_LIMITS.silentHours * HOUR_MS) return true;
  return hoursOnDays({ from, to: now }, openDays, timeZone) >= FLEET_LIMITS.silentOpenHours;
}
