import { validate } from '../../schemas/validate';
import { FLEET_LIMITS, fleetAlerts } from '../../shared/fleet/alerts';
import { firstHourOfDay, hourOf, hoursOfDay, openDays } from '../../shared/fleet/store-hours';
import { type Clock, instant } from '../../shared/ports/clock';
import { PROGRAM_VERSION } from '../../shared/program';
import {
  type FleetReply,
  type FleetTerminal,
  type KeptReport,
  type TerminalReport,
  terminalReportSchema,
} from '../../shared/protocol/fleet-messages';
import type { StoredTerminal } from '../store/auth-port';
import type { StoredReport } from '../store/fleet-port';
import type { StoredStore, StoreScope } from '../store/port';

const DAY_MS = 24 * 3_600_000;
/** How far back a repeated consecutive is still told, and days are looked at for whether the store was open. */
const LOOK_BACK_MS = 8 * DAY_MS;

/** The board of one store: its terminals as they last reported, what needs a person, and its day by the hour. */
export async function readFleet(
  scope: StoreScope,
  { id, profile }: Pick<StoredStore, 'id' | 'profile'>,
  clock: Clock,
): Promise<FleetReply> {
  const now = clock.now();
  const { timeZone, fiscalDeadlineHours } = profile;
  const { fleet } = scope;
  const reports = new Map((await fleet.reports()).map((stored) => [stored.terminalId, stored]));
  const terminals = (await scope.auth.terminals())
    .map((terminal) => toFleetTerminal(terminal, reports.get(terminal.id)))
    .sort((a, b) => Number(a.revoked) - Number(b.revoked) || a.number - b.number);
  const since = hourOf(now - LOOK_BACK_MS);
  const syncs = await fleet.syncsSince(since);
  const sales = await fleet.salesSince(firstHourOfDay(now, timeZone));
  const alerts = fleetAlerts({
    now,
    timeZone,
    fiscalDeadlineHours,
    program: PROGRAM_VERSION,
    terminals,
    oversold: await fleet.oversold(FLEET_LIMITS.names),
    duplicates: await fleet.duplicatesSince(since),
    openDays: openDays(syncs, timeZone),
  });
  return {
    at: instant(now),
    program: PROGRAM_VERSION,
    store: { id, name: profile.name, timeZone },
    alerts,
    terminals,
    ...hoursOfDay({ syncs, sales }, now, timeZone),
  };
}

function toFleetTerminal(
  { id, number, name, revokedAt, lastSeenAt }: StoredTerminal,
  stored: StoredReport | undefined,
): FleetTerminal {
  const last = stored === undefined ? null : toKept(stored);
  const reportedAt = last?.receivedAt ?? '';
  return {
    id,
    number,
    name,
    revoked: revokedAt !== '',
    lastContactAt: reportedAt > lastSeenAt ? reportedAt : lastSeenAt,
    last,
  };
}

/** What a newer program kept in another form is as unknown as what was never told. */
function toKept({ receivedAt, skewMs, body }: StoredReport): KeptReport | null {
  const report = validate<TerminalReport>(terminalReportSchema, JSON.parse(body));
  return report.ok ? { receivedAt, skewMs, report: report.value } : null;
}
