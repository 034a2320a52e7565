import type { RxCollection } from 'rxdb';
import { BehaviorSubject } from 'rxjs';
import type { CollectionName, Documents } from '../../schemas/registry';
import { AppError, errorCodeOf } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { RunSummary } from '../../shared/sync/flow-machine';
import {
  IDLE_RUN,
  isRunning,
  type RunEffect,
  type RunEvent,
  type RunState,
  type RunTrigger,
  runStep,
} from '../../shared/sync/run-machine';
import { type SyncUnit, UNIT_COLLECTIONS } from '../../shared/sync/units';
import type { DeskDatabase } from '../db/database';
import { countPending, isWritten, type WrittenCollection } from '../pending/pending-counts';
import { signLate } from '../pending/sign-late';
import type { KeptContents } from '../proof/kept-contents';
import type { Prover } from '../proof/prover';
import type { IdentityStore } from '../session/identity';
import type { SignChain } from '../session/sign-chain';
import { adoptEpoch } from './adopt-epoch';
import { busyWaitOf } from './busy-wait-of';
import type { Cuts } from './cuts';
import { type HandedOver, handOver } from './hand-over';
import { needsPassword } from './needs-password';
import type { Records } from './records';
import type { RunHistory } from './run-history';
import type { SentStates } from './sent-states';
import { comparePending, type Snapshot, takeSnapshot } from './snapshot';
import type { SupersededEdits } from './superseded-edits';
import type { SyncLock } from './sync-lock';
import type { SyncMarks } from './sync-marks';
import { type TransferOptions, transfer } from './transfer';
import { waitFor } from './wait-for';

export interface RunDriverOptions {
  db: DeskDatabase;
  transport: SyncTransport;
  identity: IdentityStore;
  lock: SyncLock;
  marks: SyncMarks;
  records: Records;
  history: RunHistory;
  prover: Prover;
  kept: KeptContents;
  cuts: Cuts;
  superseded: SupersededEdits;
  sent: SentStates;
  clock: Clock;
  ids: Ids;
  /** Random decimal digits: how long each terminal waits for a busy server differs by them. */
  digits: (length: number) => string;
  /** Resolves after so many ms, or at once when it is aborted; the machine's timer where it is not given. */
  wait?: typeof waitFor;
  sign: SignChain;
  onEnded: (summary: RunSummary, runId: string) => void;
}

/**
 * Performs what `shared/sync/run-machine` decides: takes the lock, transfers, verifies from the documents, writes the
 * history. Effects run one after the other; only a transfer runs beside them, so that it can be stopped.
 */
export class RunDriver {
  readonly run$ = new BehaviorSubject<RunState>(IDLE_RUN);
  readonly #options: RunDriverOptions;
  #effects: Promise<void> = Promise.resolve();
  #stop = new AbortController();
  #transfer: Promise<void> = Promise.resolve();
  #release: (() => void) | null = null;
  #snapshots = new Map<CollectionName, Snapshot>();
  #stuck = new Map<CollectionName, readonly string[]>();

  constructor(options: RunDriverOptions) {
    this.#options = options;
  }

  /** Begins a run where none is on; returns its id. */
  start(unit: SyncUnit, trigger: RunTrigger): string {
    const runId = this.#options.ids.newId();
    this.#send({ type: 'start', runId, unit, trigger });
    return runId;
  }

  cancel(): void {
    if (!isRunning(this.run$.getValue())) return;
    this.#stop.abort();
    this.#send({ type: 'cancel' });
  }

  reauthenticated(): void {
    this.#send({ type: 'reauthenticated' });
  }

  /** Resolves when no run is on and everything it left behind has been written. */
  async idle(): Promise<void> {
    for (;;) {
      await this.#effects;
      if (!isRunning(this.run$.getValue())) return;
      await new Promise<void>((resolve) => {
        const subscription = this.run$.subscribe((state) => {
          if (!isRunning(state)) {
            resolve();
            queueMicrotask(() => subscription.unsubscribe());
          }
        });
      });
    }
  }

  #send(event: RunEvent): void {
    const before = this.run$.getValue();
    const { state, effects } = runStep(before, event);
    if (state !== before) this.run$.next(state);
    for (const effect of effects) {
      this.#effects = this.#effects
        .then(() => this.#perform(effect, state))
        .catch((error) => {
          this.#send({ type: 'failed', code: errorCodeOf(error) });
        });
    }
  }

  async #perform(effect: RunEffect, state: RunState): Promise<void> {
    switch (effect.type) {
      case 'acquireLock':
        return this.#acquire(state);
      case 'transfer':
        this.#begin(effect.collection, state);
        return;
      case 'stopTransfer':
        this.#stop.abort();
        await this.#transfer;
        return;
      case 'wait':
        return this.#wait(effect.ms, state.runId);
      case 'verify':
        return this.#verify(state);
      case 'rewind':
        /* The stuck documents are written anew once RxDB listens: see `transfer`. */
        return;
      case 'adoptEpoch':
        return this.#adopt(effect.epoch);
      case 'finish':
        return this.#finish(effect.status, state);
    }
  }

  /** No request is under way meanwhile, so no timeout runs. */
  async #wait(ms: number, runId: string): Promise<void> {
    const isWaiting = (): boolean => {
      const run = this.run$.getValue();
      return run.phase === 'waiting' && run.runId === runId;
    };
    if (!isWaiting()) return;
    this.#stop = new AbortController();
    await (this.#options.wait ?? waitFor)(ms, this.#stop.signal);
    if (isWaiting()) this.#send({ type: 'waited' });
  }

  async #acquire(state: RunState): Promise<void> {
    this.#release = await this.#options.lock.tryAcquire();
    if (this.#release === null) {
      this.#send({ type: 'lockBusy' });
      return;
    }
    await this.#options.history.started(state);
    this.#snapshots = new Map();
    this.#stuck = new Map();
    for (const name of this.#written(state.unit)) {
      if (name === 'invoices') await this.#signLate();
      this.#snapshots.set(name, await takeSnapshot(name, this.#options));
    }
    this.#send({ type: 'locked' });
  }

  async #signLate(): Promise<void> {
    const { db, sign, ids, identity } = this.#options;
    const known = await identity.read();
    if (known !== null) await signLate({ db, sign, ids, terminalId: known.terminal.id });
  }

  #begin(name: CollectionName, state: RunState): void {
    this.#stop = new AbortController();
    this.#transfer = this.#run(name, state.runId, this.#stop.signal);
  }

  async #run(name: CollectionName, runId: string, signal: AbortSignal): Promise<void> {
    const current = () => !signal.aborted && this.run$.getValue().runId === runId;
    try {
      const identity = await this.#options.identity.read();
      if (identity === null) throw new AppError('TERMINAL_UNKNOWN');
      const options: Omit<TransferOptions<CollectionName>, 'unsettle'> = {
        ...this.#options,
        name,
        collection: this.#collection(name),
        epoch: identity.epoch,
        signal,
        toSend: this.#snapshots.get(name)?.size ?? 0,
        stuck: this.#stuck.get(name) ?? [],
        onProgress: (progress) => {
          if (current()) this.#send({ type: 'progress', ...progress });
        },
      };
      const equality = await this.#options.prover.around(options, (unsettle) =>
        transfer({ ...options, unsettle }),
      );
      await this.#options.marks.completed(name, instant(this.#options.clock.now()));
      if (current()) this.#send({ type: 'transferred', equality });
    } catch (error) {
      if (!current()) return;
      let code = errorCodeOf(error);
      if (code === 'TERMINAL_REVOKED' || code === 'QUARANTINE_FULL') {
        code = await this.#handOver(signal);
      }
      if (!current()) return;
      const waitMs = busyWaitOf(error, this.#options.digits);
      if (needsPassword(code)) this.#send({ type: 'sessionExpired' });
      else if (waitMs !== null) this.#send({ type: 'serverBusy', code, waitMs });
      else if (code === 'EPOCH_CHANGED' && error instanceof AppError) {
        this.#send({ type: 'epochChanged', epoch: String(error.details['epoch']) });
      } else this.#send({ type: 'failed', code });
    }
  }

  async #handOver(signal: AbortSignal): Promise<HandedOver> {
    const { db, transport, identity } = this.#options;
    const { epoch = '' } = (await identity.read()) ?? {};
    return handOver({ db, transport, epoch, signal });
  }

  /** Looks at the documents themselves: what was pending before the run must be acknowledged, or refused in words. */
  async #verify(state: RunState): Promise<void> {
    let pending = 0;
    let stuck = 0;
    for (const name of this.#written(state.unit)) {
      const before = this.#snapshots.get(name) ?? new Map();
      const found = await comparePending(name, before, this.#options);
      pending += found.pending;
      stuck += found.stuck.length;
      this.#stuck.set(name, found.stuck);
    }
    this.#send({ type: 'verified', pending, stuck });
  }

  async #adopt(epoch: string): Promise<void> {
    const { db, transport, kept, identity } = this.#options;
    const known = await identity.read();
    if (known === null) throw new AppError('TERMINAL_UNKNOWN');
    this.#stop = new AbortController();
    const about = { from: known.epoch, epoch, terminalId: known.terminal.id };
    await adoptEpoch({ db, transport, kept, ...about, signal: this.#stop.signal });
    /* Last: a crash before this line does it all again, which changes nothing. */
    await identity.update((stored) => ({ ...stored, epoch }));
  }

  async #finish(status: 'done' | 'failed' | 'cancelled', state: RunState): Promise<void> {
    let pending = state.pending;
    try {
      if (pending === null && this.#release !== null) {
        let counted = 0;
        for (const name of this.#written(state.unit)) {
          counted += await countPending(this.#options.db, name);
        }
        pending = counted;
      }
      if (this.#release !== null) await this.#options.history.finished({ ...state, pending });
    } catch {
      /* A full disk: the run ends all the same, and lets go of the lock. What it could not count is unknown. */
    }
    this.#release?.();
    this.#release = null;
    const { runId, unit, counts, equality, errorCode } = state;
    this.#options.onEnded({ unit, status, counts, equality, pending, errorCode }, runId);
  }

  #written(unit: SyncUnit): readonly WrittenCollection[] {
    return UNIT_COLLECTIONS[unit].filter(isWritten);
  }

  #collection<N extends CollectionName>(name: N): RxCollection<Documents[N]> {
    return this.#options.db[name] as unknown as RxCollection<Documents[N]>;
  }
}
