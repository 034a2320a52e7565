import { distinctUntilKeyChanged } from 'rxjs/operators';
import type { SyncService } from '../services/sync-service';
import type { Recorder } from './recorder';

const ENDED = new Set(['done', 'failed', 'cancelled']);

/** Notes how each sync run ended. */
export function recordRuns(sync: SyncService, recorder: Recorder): { close(): void } {
  const subscription = sync.run$.pipe(distinctUntilKeyChanged('phase')).subscribe((run) => {
    if (!ENDED.has(run.phase)) return;
    recorder.add({
      kind: 'run',
      unit: run.unit,
      status: run.phase,
      ...run.counts,
      equality: run.equality,
      errorCode: run.errorCode ?? '',
    });
  });
  return { close: () => subscription.unsubscribe() };
}
