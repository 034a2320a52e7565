import { BehaviorSubject, merge, type Observable } from 'rxjs';
import { auditTime } from 'rxjs/operators';
import { COLLECTION_NAMES, COLLECTIONS } from '../../schemas/registry';
import type { DeskDatabase } from '../db/database';
import { countPending, WRITTEN_COLLECTIONS } from '../pending/pending-counts';
import {
  type Connection,
  type DeskStatus,
  type PendingCounts,
  type StatusService,
  UNKNOWN_PENDING,
} from '../services/status-service';
import { countAttention } from '../sync/count-attention';
import { NEEDED_TO_SELL, type SyncMarks } from '../sync/sync-marks';

export interface StatusOptions {
  db: DeskDatabase;
  marks: SyncMarks;
  /** Asks the server whether it is there; never throws. */
  ping: () => Promise<void>;
  /** Every answer of the server, or failure to get one. */
  contacts$: Observable<{ reached: boolean; skewMs: number | null }>;
  /** Asks the browser not to evict our data; null where it cannot be asked. */
  persist: () => Promise<boolean | null>;
}

/** Bursts of writes (a first sync writes thousands) are counted together. */
const RECOUNT_MS = 120;

export function createStatusService(options: StatusOptions): StatusService & { close(): void } {
  const { db, marks } = options;
  const status$ = new BehaviorSubject<DeskStatus>({
    connection: 'checking',
    pending: UNKNOWN_PENDING,
    lastSync: {},
    incomplete: null,
    openConflicts: null,
    rejected: null,
    alerts: null,
    clockSkew: null,
    persistent: null,
  });
  const update = (change: Partial<DeskStatus>): void =>
    status$.next({ ...status$.getValue(), ...change });

  const countAll = async (): Promise<void> => {
    const counts: Partial<Record<keyof PendingCounts, number>> = {};
    try {
      for (const name of WRITTEN_COLLECTIONS) counts[name] = await countPending(db, name);
      update({ pending: { ...UNKNOWN_PENDING, ...counts } });
    } catch {
      /* What cannot be read is unknown, never none. */
      update({ pending: UNKNOWN_PENDING });
    }
  };
  const readAttention = async (): Promise<void> => {
    try {
      update(await countAttention(db));
    } catch {
      update({ openConflicts: null, rejected: null, alerts: null });
    }
  };
  const readMarks = async (): Promise<void> => {
    const read = await marks.read().catch(() => null);
    /* Unknown, as above: what was never read is not "complete". */
    if (read === null) return update({ lastSync: {}, incomplete: null });
    update({
      lastSync: Object.fromEntries(
        COLLECTION_NAMES.filter((name) => COLLECTIONS[name].direction !== 'up').map((name) => [
          name,
          read[name] ?? null,
        ]),
      ),
      incomplete: NEEDED_TO_SELL.filter((name) => read[name] === undefined),
    });
  };

  const subscriptions = [
    merge(...WRITTEN_COLLECTIONS.map((name) => db[name].eventBulks$ as Observable<unknown>))
      .pipe(auditTime(RECOUNT_MS))
      .subscribe(() => void countAll()),
    merge(db.conflicts.eventBulks$, db.rejected.eventBulks$, db.settings.eventBulks$)
      .pipe(auditTime(RECOUNT_MS))
      .subscribe(() => void readAttention()),
    merge(marks.changed$, db.settings.eventBulks$)
      .pipe(auditTime(RECOUNT_MS))
      .subscribe(() => void readMarks()),
    options.contacts$.subscribe(({ reached, skewMs }) => {
      const connection: Connection = reached ? 'online' : 'offline';
      update({ connection, ...(skewMs === null ? {} : { clockSkew: skewMs }) });
    }),
  ];
  void countAll();
  void readAttention();
  void readMarks();
  options.persist().then(
    (persistent) => update({ persistent }),
    () => update({ persistent: null }),
  );

  return {
    status$,
    checkConnection: options.ping,
    close: () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}
