import type { Run } from '../../schemas/local';
import { COLLECTIONS } from '../../schemas/registry';
import { type Clock, instant } from '../../shared/ports/clock';
import { PROGRAM_VERSION } from '../../shared/program';
import type { TerminalReport } from '../../shared/protocol/fleet-messages';
import { type SyncUnit, UNIT_COLLECTIONS } from '../../shared/sync/units';
import type { DeskDatabase } from '../db/database';
import type { Settings } from '../db/settings';
import { countPending } from '../pending/pending-counts';
import { countAttention } from '../sync/count-attention';
import { settingsSyncMarks } from '../sync/sync-marks';

/** Runs that are looked through for the last one of each unit. */
const LOOKED_AT = 100;

const COUNTER = 'reportCounter';

/** How this terminal stands, from its documents. What cannot be read is null. Takes the next number of its reports. */
export async function readReport(
  { db, settings, clock }: { db: DeskDatabase; settings: Settings; clock: Clock },
  reason: TerminalReport['reason'],
): Promise<TerminalReport> {
  const count = (name: Parameters<typeof countPending>[1]) =>
    countPending(db, name).catch(() => null);
  const pending = {
    clients: await count('clients'),
    products: await count('products'),
    invoices: await count('invoices'),
    movements: await count('movements'),
    shifts: await count('shifts'),
  };
  const attention = await countAttention(db).catch(() => null);
  const oldestPending = await oldestInvoice(db);
  const syncs = await lastSyncs(db, settings);
  const counter = await settings.update(COUNTER, (stored) =>
    typeof stored === 'number' && Number.isSafeInteger(stored) ? stored + 1 : 1,
  );
  return {
    counter,
    at: instant(clock.now()),
    reason,
    program: PROGRAM_VERSION,
    schemas: Object.fromEntries(
      Object.entries(COLLECTIONS).map(([name, { version }]) => [name, version]),
    ),
    pending,
    oldestPending,
    rejected: attention?.rejected ?? null,
    conflicts: attention?.openConflicts ?? null,
    alerts: attention?.alerts ?? null,
    syncs,
  };
}

/** When the oldest of the pending invoices was issued, '' where none is. */
async function oldestInvoice(db: DeskDatabase): Promise<string> {
  const found = await db.invoices
    .find({ selector: { pending: { $eq: 1 } }, index: ['pending'] })
    .exec();
  return found.reduce(
    (oldest, { issuedAt }) => (oldest === '' || issuedAt < oldest ? issuedAt : oldest),
    '',
  );
}

async function lastSyncs(db: DeskDatabase, settings: Settings): Promise<TerminalReport['syncs']> {
  const runs = await db.runs.find({ sort: [{ startedAt: 'desc' }], limit: LOOKED_AT }).exec();
  const marks = await settingsSyncMarks(settings).read();
  const syncs: TerminalReport['syncs'] = [];
  for (const unit of Object.keys(UNIT_COLLECTIONS) as SyncUnit[]) {
    const last = runs.find((run) => run.unit === unit && run.status !== 'running');
    if (last === undefined || last.finishedAt === '') continue;
    syncs.push({
      unit,
      endedAt: last.finishedAt,
      status: ended(last.status),
      errorCode: last.errorCode,
      completeAt: completeAt(marks, unit),
    });
  }
  return syncs;
}

const ended = (status: Run['status']): TerminalReport['syncs'][number]['status'] =>
  status === 'running' ? 'failed' : status;

/** A unit is as complete as the collection of it that was synced longest ago; '' where one never was. */
const completeAt = (marks: Readonly<Record<string, string>>, unit: SyncUnit): string =>
  UNIT_COLLECTIONS[unit].map((name) => marks[name] ?? '').sort()[0] ?? '';
