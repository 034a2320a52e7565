import type { CollectionName, Documents } from '../../schemas/registry';
import type { Past } from '../../shared/conflict/resolve-conflict';
import type { Settings } from '../db/settings';
import type { PushRow } from './push-batches';

/** The collections that are merged field by field. Others have one writer, or none after they were issued. */
const MERGED: readonly CollectionName[] = ['clients', 'products'];

/** What was sent of one document over one state of the server, and not settled since. */
interface Note {
  /** Version of the server's state that it was built on; of another one, the note is of a time that is over. */
  ver: number;
  /** That state; null where the document is new. */
  base: object | null;
  /** The server refused it: RxDB takes what was refused for the server's state from then on. */
  refused: boolean;
  /** States whose answer was never heard. */
  states: { edit: string }[];
  /** It was in conflict and is resolved, unless this terminal dies right now. */
  closing: boolean;
}
type Notes = Record<string, Note>;

/** Documents of a push by how they were answered. */
export interface Answered {
  settled: readonly string[];
  refused: readonly string[];
  conflicting: readonly string[];
}

export interface PastAsked<T> {
  mine: T;
  base: T | undefined;
  theirs: T;
}

const keyOf = (collection: CollectionName): string => `sent:${collection}`;

/**
 * Remembers what was sent until it is answered, from before it is sent, over every crash. RxDB knows one state that it
 * takes for the server's. That is wrong where an answer was lost (the server may have ours already: a later edit of the
 * same person would be in conflict with their own earlier one), and where a document was refused (a correction would be
 * in conflict with what it corrects). The past that is told from these notes is right.
 */
export class SentStates {
  readonly #settings: () => Settings;
  /** Of the rows of the transfer that is on, by edit. */
  readonly #pasts = new Map<string, Past<object> & { noted: object | null }>();

  /** `settings` are asked for when they are first needed: the database is opened with what this is part of. */
  constructor(settings: () => Settings) {
    this.#settings = settings;
  }

  /** Takes note of rows that are about to be sent, and returns them with the state that they were really built on. */
  async sending<N extends CollectionName>(
    collection: N,
    rows: readonly PushRow<Documents[N]>[],
  ): Promise<PushRow<Documents[N]>[]> {
    if (!MERGED.includes(collection)) return [...rows];
    const notes = await this.#read(collection);
    if (this.#pasts.size === 0) forgetClosed(notes);
    const right: PushRow<Documents[N]>[] = [];
    for (const { newDocumentState: mine, assumedMasterState: assumed } of rows) {
      const known = notes[mine.id];
      const note = known?.ver === mine.ver ? known : undefined;
      const isWrong = note?.refused === true && assumed !== undefined;
      const base = isWrong ? ((note.base as Documents[N] | null) ?? undefined) : assumed;
      const earlier = (note?.states ?? []).filter(({ edit }) => edit !== mine.edit);
      this.#pasts.set(mine.edit, { base, earlier, noted: note?.base ?? null });
      right.push({
        newDocumentState: mine,
        ...(base === undefined ? {} : { assumedMasterState: base }),
      });
      notes[mine.id] = {
        ver: mine.ver,
        base: base ?? null,
        refused: note?.refused ?? false,
        states: [...earlier, mine],
        closing: false,
      };
    }
    await this.#settings().set(keyOf(collection), notes);
    return right;
  }

  /** The answer was heard, and what it says has been written down. */
  async answered(collection: CollectionName, { settled, refused, conflicting }: Answered) {
    if (!MERGED.includes(collection)) return;
    const notes = await this.#read(collection);
    for (const id of settled) delete notes[id];
    for (const id of refused) {
      const note = notes[id];
      if (note !== undefined) notes[id] = { ...note, refused: true, states: [] };
    }
    for (const id of conflicting) {
      const note = notes[id];
      if (note !== undefined) notes[id] = { ...note, closing: true };
    }
    await this.#settings().set(keyOf(collection), notes);
  }

  /**
   * What came before a state that was sent in this transfer; `base` is what RxDB takes for it. In a new life of the
   * server's data RxDB takes nothing for it. What was noted before then counts only where the server has that very
   * state: it says nothing of what others did since, and a field that was typed before it would seem to be untouched.
   */
  pastOf<T extends { edit: string; ver: number }>({ mine, base, theirs }: PastAsked<T>): Past<T> {
    const past = this.#pasts.get(mine.edit) as (Past<T> & { noted: T | null }) | undefined;
    if (past === undefined) return { base };
    const { earlier = [], noted } = past;
    if (past.base !== undefined || mine.ver === 0) return { base: past.base, earlier };
    const isOurs = [noted, ...earlier].some((state) => state?.edit === theirs.edit);
    return { base: isOurs ? theirs : undefined };
  }

  /** The transfer has ended. */
  clear(): void {
    this.#pasts.clear();
  }

  /** Read anew each time: another tab may have synced meanwhile. */
  async #read(collection: CollectionName): Promise<Notes> {
    const stored = await this.#settings().get(keyOf(collection));
    return isNotes(stored) ? { ...stored } : {};
  }
}

function forgetClosed(notes: Notes): void {
  for (const [id, { closing }] of Object.entries(notes)) if (closing) delete notes[id];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNote = (value: unknown): value is Note =>
  isRecord(value) &&
  typeof value['ver'] === 'number' &&
  typeof value['base'] === 'object' &&
  typeof value['refused'] === 'boolean' &&
  Array.isArray(value['states']) &&
  value['states'].every(isRecord);

/** Checked when they are read: another version of the product may have left another shape, which is then forgotten. */
const isNotes = (value: unknown): value is Notes =>
  isRecord(value) && Object.values(value).every(isNote);
