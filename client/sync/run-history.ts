import type { Run } from '../../schemas/local';
import { type Clock, instant } from '../../shared/ports/clock';
import type { RunState } from '../../shared/sync/run-machine';
import type { DeskDatabase } from '../db/database';

/** The runs that the page "Sincronización" lists; the newest are kept. */
export interface RunHistory {
  started(run: RunState): Promise<void>;
  finished(run: RunState): Promise<void>;
  /** Runs that a reload or a crash cut: they are marked as cancelled, the run that follows them is one of its own. */
  closeInterrupted(): Promise<void>;
  /** Somebody logged out all the same, with documents pending: on record, and nothing is lost. */
  loggedOutWith(id: string, pending: number): Promise<void>;
}

const KEPT_RUNS = 500;

export function databaseHistory(options: {
  db: DeskDatabase;
  clock: Clock;
  /** Who asked: id and name of the user who is signed in. */
  who: () => { id: string; name: string };
}): RunHistory {
  const { db, clock, who } = options;
  const record = (head: Pick<Run, 'id' | 'unit' | 'trigger'>): Run => {
    const user = who();
    return {
      ...head,
      userId: user.id,
      userName: user.name.slice(0, 120),
      startedAt: instant(clock.now()),
      finishedAt: '',
      status: 'running',
      received: 0,
      sent: 0,
      conflicts: 0,
      rejected: 0,
      pending: -1,
      errorCode: '',
    };
  };
  return {
    async started(run) {
      await db.runs.insert(record({ id: run.runId, unit: run.unit, trigger: run.trigger }));
      const old = await db.runs.find({ sort: [{ startedAt: 'desc' }], skip: KEPT_RUNS }).exec();
      await db.runs.bulkRemove(old.map(({ id }) => id));
    },
    async finished(run) {
      const stored = await db.runs.findOne(run.runId).exec();
      await stored?.incrementalPatch({
        finishedAt: instant(clock.now()),
        status: run.phase === 'done' || run.phase === 'cancelled' ? run.phase : 'failed',
        ...run.counts,
        pending: run.pending ?? -1,
        errorCode: run.errorCode ?? '',
      });
    },
    async closeInterrupted() {
      const cut = await db.runs.find({ selector: { status: 'running' } }).exec();
      for (const stored of cut) {
        await stored.incrementalPatch({
          status: 'cancelled',
          finishedAt: instant(clock.now()),
          errorCode: 'CANCELLED',
        });
      }
    },
    async loggedOutWith(id, pending) {
      const finishedAt = instant(clock.now());
      await db.runs.insert({
        ...record({ id, unit: '', trigger: 'logout' }),
        status: 'done',
        finishedAt,
        pending,
      });
    },
  };
}
