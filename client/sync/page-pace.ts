import type { RxStorageInstance } from 'rxdb';
import type { Subscription } from 'rxjs';
import type { Checkpoint } from '../../shared/protocol/messages';
import { storageError } from '../db/storage-error';

/** RxDB's id of the note that holds the pull checkpoint. */
const DOWN = 'down|1';

// biome-ignore lint/suspicious/noExplicitAny: RxDB's own type of its notes, whatever the documents
type Notes = RxStorageInstance<any, unknown, unknown>;

/**
 * Keeps a pull one page ahead of the disk, and no more. RxDB asks for the next page while it stores the last one, and
 * stores whatever came in meanwhile as one batch: from a near server all of a first sync at once, in a transaction that
 * freezes the screen and of which a cut leaves nothing (F18).
 */
export class PagePace {
  #stored: number | null = null;
  #listening: Subscription | null = null;
  #heard: () => void = () => undefined;
  #failure: unknown = null;
  #settling: Promise<unknown> = Promise.resolve();
  readonly #beforeCheckpoint: (seq: number) => Promise<void>;

  /**
   * `beforeCheckpoint` runs when all up to that seq is stored, and before that is written down: what it does of it is done
   * when the next run goes on from there. It has to report its own failure; the checkpoint is then not written.
   */
  constructor(beforeCheckpoint: (seq: number) => Promise<void>) {
    this.#beforeCheckpoint = beforeCheckpoint;
  }

  /**
   * Resolves once all up to this checkpoint, which RxDB has just asked to go on from, is on disk. `notes` are those of the
   * running replication. Throws STORAGE_FULL where that cannot be written, the signal's reason when that comes first.
   */
  async reached(
    checkpoint: Checkpoint | undefined,
    notes: Notes,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#listening === null) {
      /* The first question of a run: RxDB has read this checkpoint from the disk. */
      this.#stored = checkpoint?.seq ?? 0;
      this.#watchWrites(notes);
      this.#listening = notes.changeStream().subscribe(({ events }) => {
        const seq = seqOf(events.map(({ documentData }) => documentData));
        if (seq === null) return;
        this.#stored = seq;
        this.#heard();
      });
    }
    const seq = checkpoint?.seq ?? 0;
    while (this.#stored !== null && this.#stored < seq) {
      signal.throwIfAborted();
      if (this.#failure !== null) throw storageError(this.#failure);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
  }

  /** RxDB does not wait for its own checkpoint, and keeps to itself what goes wrong with it (a full disk). */
  #watchWrites(notes: Notes): void {
    const write = notes.bulkWrite.bind(notes);
    notes.bulkWrite = async (rows, context) => {
      const seq = seqOf(rows.map(({ document }) => document));
      try {
        if (seq !== null) {
          if (this.#failure === null) await this.#settle(seq);
          /* What is stopped writes no checkpoint; RxDB, which would not hear of an error here, need not know. */
          if (this.#failure !== null) return { error: [] };
        }
        return await write(rows, context);
      } catch (error) {
        this.#failure = error;
        this.#heard();
        throw error;
      }
    };
  }

  async #settle(seq: number): Promise<void> {
    const settling = this.#beforeCheckpoint(seq).catch((error: unknown) => {
      this.#failure = error;
      this.#heard();
    });
    this.#settling = settling;
    await settling;
  }

  /** Resolves when nothing that it began is under way. */
  async stop(): Promise<void> {
    this.#listening?.unsubscribe();
    await this.#settling;
  }
}

function seqOf(
  notes: readonly { id: string; checkpointData?: { seq?: unknown } }[],
): number | null {
  const seq = notes.find(({ id }) => id === DOWN)?.checkpointData?.seq;
  return typeof seq === 'number' ? seq : null;
}
