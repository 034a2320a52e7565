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
        const seq: unknown = events.find(({ documentId }) => documentId === DOWN)?.documentData
          .checkpointData?.seq;
        if (typeof seq !== 'number') return;
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
      try {
        return await write(rows, context);
      } catch (error) {
        this.#failure = error;
        this.#heard();
        throw error;
      }
    };
  }

  stop(): void {
    this.#listening?.unsubscribe();
  }
}
