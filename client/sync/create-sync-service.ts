import { BehaviorSubject } from 'rxjs';
import type { Flow, FlowEffect, FlowEvent, RunSummary } from '../../shared/sync/flow-machine';
import { flowStep, NO_FLOW, resumeFlow } from '../../shared/sync/flow-machine';
import { isRunning } from '../../shared/sync/run-machine';
import type { SyncService } from '../services/sync-service';
import type { FlowStore } from './flow-store';
import { RunDriver, type RunDriverOptions } from './run-driver';
import { NEEDED_TO_SELL } from './sync-marks';

export interface SyncServiceOptions extends Omit<RunDriverOptions, 'onEnded'> {
  flows: FlowStore;
  /** Ends the session: the flow's last effect. */
  logout: () => Promise<void>;
  /** A new server session for the user who is signed in; throws AppError. */
  newSession: (password: string) => Promise<void>;
}

/** A sync service, and what only the composition root calls: taking up what a reload cut. */
export interface ResumableSyncService extends SyncService {
  /** Called once, after a reload found the user still signed in. */
  resume(): Promise<void>;
  /** Forgets the open dialog: the user logged out. */
  reset(): void;
}

/** Joins the flow (which dialog) with the driver (which run); both are pure machines that others perform. */
export function createSyncService(options: SyncServiceOptions): ResumableSyncService {
  const flow$ = new BehaviorSubject<Flow>(NO_FLOW);
  const driver = new RunDriver({
    ...options,
    onEnded: (summary: RunSummary, runId: string) => {
      if (runId === awaited) send({ type: 'runEnded', summary });
    },
  });
  /** The run that the open flow waits for: what an earlier one comes to, of who has logged out, is not its result. */
  let awaited: string | null = null;
  /** Set while a flow's run waits for an earlier one, which was cancelled, to let go. */
  let waiting: Promise<void> | null = null;
  const start = ({ unit, trigger }: Extract<FlowEffect, { type: 'startRun' }>): void => {
    awaited = null;
    if (!isRunning(driver.run$.getValue())) {
      awaited = driver.start(unit, trigger);
      return;
    }
    const flow = flow$.getValue();
    const turn = driver.idle().then(() => {
      if (waiting === turn) waiting = null;
      if (flow$.getValue() === flow) awaited = driver.start(unit, trigger);
    });
    waiting = turn;
  };

  const take = ({ flow, effects }: ReturnType<typeof flowStep>): void => {
    if (flow !== flow$.getValue()) {
      flow$.next(flow);
      /* A store that is full costs the dialog at a reload, and never the run that the flow is about to start. */
      options.flows.save(flow).catch(() => undefined);
    }
    for (const effect of effects) {
      if (effect.type === 'startRun') start(effect);
      else options.logout().catch(() => undefined);
    }
  };
  const send = (event: FlowEvent): void => take(flowStep(flow$.getValue(), event));

  return {
    run$: driver.run$,
    flow$,
    send,
    cancel: () => driver.cancel(),
    async reauthenticate(password) {
      await options.newSession(password);
      driver.reauthenticated();
    },
    async idle() {
      await driver.idle();
      while (waiting !== null) {
        await waiting;
        await driver.idle();
      }
    },
    async resume() {
      const release = await options.lock.tryAcquire();
      /* Another tab may be in the middle of it: then there is nothing to take up here. */
      if (release === null) return;
      await options.history.closeInterrupted();
      release();
      const saved = await options.flows.load();
      if (saved !== null && saved.kind !== 'none') return take(resumeFlow(saved));
      /* A browser that was closed forgets its dialogs. The three syncs of a first login that it cut go on all the same:
         nothing can be sold before, and users have no other sync (F18). */
      const marks = await options.marks.read();
      if (NEEDED_TO_SELL.some((name) => marks[name] === undefined)) {
        send({ type: 'loggedIn', online: true });
      }
    },
    reset() {
      driver.cancel();
      awaited = null;
      take({ flow: NO_FLOW, effects: [] });
    },
  };
}
