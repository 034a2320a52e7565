import type { Clock } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import { isRunning } from '../../shared/sync/run-machine';
import type { DeskDatabase } from '../db/database';
import type { ApiClient } from '../http/api-client';
import type { Desk } from '../services/desk';
import type { SessionState } from '../services/session-service';
import { totalPending } from '../services/status-service';
import type { SyncService } from '../services/sync-service';
import { type KnownNames, knownNames } from './known-names';
import { recordApi } from './record-api';
import { recordChanges, recordFound } from './record-changes';
import { recordDesk } from './record-desk';
import { recordRuns } from './record-runs';
import { createRecorder, type Recorder, silentRecorder } from './recorder';
import type { TraceStore } from './trace-store';

type RestingDesk = Pick<Desk, 'session' | 'sync' | 'status'>;

/** Nobody reads a dialog, and no run is on. */
function restOf({ session, sync, status }: RestingDesk) {
  const isResting = sync.flow$.getValue().kind === 'none' && !isRunning(sync.run$.getValue());
  if (!isResting) return null;
  const state = session.state$.getValue();
  const { pending, openConflicts, rejected } = status.status$.getValue();
  return {
    userName: state.kind === 'signedIn' ? state.user.userName : null,
    saved: totalPending(pending) === 0 && openConflicts === 0 && rejected === 0,
  };
}

/** The recorder, put around the parts of one desk. */
export interface Trace {
  readonly recorder: Recorder;
  api(api: ApiClient): ApiClient;
  /** The page is open: from here on writes and runs are noted. */
  starts(parts: { db: DeskDatabase; sync: SyncService; session: SessionState }): void;
  desk<D extends RestingDesk>(desk: D): D;
  close(): void;
}

/** Without a store nothing is recorded, and everything is as if there were no trace. */
export function createTrace(options: {
  store: TraceStore | undefined;
  ids: Ids;
  clock: Clock;
}): Trace {
  const { store, ids, clock } = options;
  if (store === undefined) {
    return {
      recorder: silentRecorder,
      api: (api) => api,
      starts: () => undefined,
      desk: (desk) => desk,
      close: () => undefined,
    };
  }
  const page = ids.newId().slice(0, 8);
  const now = (): number => clock.now();
  const recorder = createRecorder({ store, page, now });
  const notes: { close(): void }[] = [];
  let names: KnownNames | null = null;
  return {
    recorder,
    api: (api) => recordApi(api, recorder, now),
    starts({ db, sync, session }) {
      recorder.add({
        kind: 'start',
        userName: session.kind === 'signedIn' ? session.user.userName : null,
        terminalId: 'terminal' in session ? session.terminal.id : null,
      });
      names = knownNames(db);
      notes.push(names, recordChanges(db, recorder), recordRuns(sync, recorder));
      void recordFound(db, recorder, page).catch(() => undefined);
    },
    desk: (desk) =>
      recordDesk(
        desk,
        recorder,
        () => restOf(desk),
        (userName) => names?.has(userName) === true,
      ),
    close() {
      for (const note of notes) note.close();
    },
  };
}
