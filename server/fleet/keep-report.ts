import { hourOf } from '../../shared/fleet/store-hours';
import { instant } from '../../shared/ports/clock';
import type { TerminalReport } from '../../shared/protocol/fleet-messages';
import type { ServerContext } from '../context';
import type { StoredTerminal } from '../store/auth-port';

/** Hours that are kept: the board looks at the last days. */
const KEPT_MS = 40 * 24 * 3_600_000;

/**
 * Keeps what a terminal says of itself, and counts its sync in the hour in which it came. No transaction: the store's lock
 * is for those who sell, and a crash between the two costs one stroke of a plot.
 */
export async function keepReport(
  { store, ports, metrics }: Pick<ServerContext, 'store' | 'ports' | 'metrics'>,
  terminal: Pick<StoredTerminal, 'storeId' | 'id'>,
  report: TerminalReport,
): Promise<void> {
  const now = ports.clock.now();
  const { fleet } = store.scope(terminal.storeId);
  const kept = await fleet.keepReport({
    terminalId: terminal.id,
    counter: report.counter,
    receivedAt: instant(now),
    skewMs: Date.parse(report.at) - now,
    body: JSON.stringify(report),
  });
  if (!kept) return;
  metrics?.reported(report.pending);
  await fleet.countHour(hourOf(now), report.reason === 'run' ? 1 : 0);
  await fleet.removeHoursBefore(hourOf(now - KEPT_MS));
}
