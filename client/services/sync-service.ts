import type { BehaviorSubject } from 'rxjs';
import type { Flow, FlowEvent } from '../../shared/sync/flow-machine';
import type { RunState } from '../../shared/sync/run-machine';

/** The only door through which screens see syncing. */
export interface SyncService {
  /** The run of this tab: the current one, or the last. */
  readonly run$: BehaviorSubject<RunState>;
  /** The dialog that is open, and where it stands. */
  readonly flow$: BehaviorSubject<Flow>;
  /** Tells the flow what the operator did. */
  send(event: FlowEvent): void;
  /** Stops the current run at the next safe point; what went through stays. */
  cancel(): void;
  /** Password given in the middle of a run whose session expired; the run goes on. Throws AppError. */
  reauthenticate(password: string): Promise<void>;
  /** Waiting (typically for tests): resolves when no run is on. */
  idle(): Promise<void>;
}
