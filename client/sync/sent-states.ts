import type { CollectionName, Documents } from '../../schemas/registry';
import { isMerged } from '../../shared/conflict/merged-collections';
import type { Past } from '../../shared/conflict/resolve-conflict';
import { LIMITS } from '../../shared/protocol/limits';
import type { Settings } from '../db/settings';
import { type BuiltOn, type BuiltOnNotes, updateBuiltOn } from '../pending/built-on';
import type { PushRow } from './push-batches';

/** Documents of a push by how they were answered. */
export interface Answered {
  settled: readonly string[];
  /** Ours that the server had already, and has built on. */
  superseded: readonly {
    ours: BuiltOn['states'][number];
    theirs: { id: string; edit: string };
  }[];
  /** The states that were refused. */
  refused: readonly { id: string; edit: string }[];
  /** The server's states that they were in conflict with. */
  conflicting: readonly { id: string; edit: string }[];
}

export interface PastAsked<T> {
  mine: T;
  base: T | undefined;
  theirs: T;
}

/** The past of a row that is sent, as the notes tell it. */
interface Noted<T> extends Past<T> {
  noted: T | null;
  was: string | undefined;
}

/**
 * Remembers what was sent until it is answered, from before it is sent, over every crash. RxDB knows one state that it
 * takes for the server's. That is wrong where an answer was lost (the server may have ours already: a later edit of the
 * same person would be in conflict with their own earlier one), where a document was refused (a correction would be in
 * conflict with what it corrects), and where this terminal died before RxDB took note of what it had stored. The past that
 * is told from the notes (`pending/built-on`) is right.
 */
export class SentStates {
  readonly #settings: () => Settings;
  /** Of the rows of the transfer that is on, by edit. */
  readonly #pasts = new Map<string, Noted<object>>();

  /** `settings` are asked for when they are first needed: the database is opened with what this is part of. */
  constructor(settings: () => Settings) {
    this.#settings = settings;
  }

  /** Takes note of rows that are about to be sent, and returns them with the state that they were really built on. */
  async sending<N extends CollectionName>(
    collection: N,
    rows: readonly PushRow<Documents[N]>[],
  ): Promise<PushRow<Documents[N]>[]> {
    if (!isMerged(collection)) return [...rows];
    const isFirst = this.#pasts.size === 0;
    const bases = new Map<string, Documents[N] | undefined>();
    await updateBuiltOn(this.#settings(), collection, (stored) => {
      const ids = new Set(rows.map(({ newDocumentState }) => newDocumentState.id));
      /* All that is to be sent is in one batch, but for what is a rarity: what is not there was resolved. */
      const notes = isFirst && rows.length < LIMITS.pushRows ? withoutClosed(stored, ids) : stored;
      for (const { newDocumentState: mine, assumedMasterState: assumed } of rows) {
        const known = notes[mine.id];
        const isOver = known === undefined || known.ver !== mine.ver || isMerge(known, assumed);
        const note = isOver ? undefined : known;
        const isOld = note?.old === true;
        /* RxDB's own idea counts where there is no note only: what was refused is none. */
        const noted = isOld ? undefined : ((note?.base as Documents[N] | null) ?? undefined);
        const base = note === undefined ? assumed : noted;
        const earlier = (note?.states ?? []).filter(({ edit }) => edit !== mine.edit);
        bases.set(mine.id, base);
        const was = note?.was;
        this.#pasts.set(mine.edit, { base, earlier, noted: note?.base ?? null, was });
        notes[mine.id] = {
          ver: mine.ver,
          base: base ?? note?.base ?? null,
          states: [...earlier, mine],
          ...(isOld ? { old: true } : {}),
          ...(was === undefined ? {} : { was }),
        };
      }
      return notes;
    });
    return rows.map(({ newDocumentState }) => {
      const base = bases.get(newDocumentState.id);
      return { newDocumentState, ...(base === undefined ? {} : { assumedMasterState: base }) };
    });
  }

  /** The answer was heard, and what it says has been written down. */
  async answered(
    collection: CollectionName,
    { settled, superseded, refused, conflicting }: Answered,
  ) {
    if (!isMerged(collection)) return;
    await updateBuiltOn(this.#settings(), collection, (notes) => {
      /* A note without any is of an edit that was made since this was sent, over what was just acknowledged. */
      const become = (id: string, next: (note: BuiltOn) => BuiltOn | null): void => {
        const note = notes[id];
        if (note === undefined || note.states.length === 0) return;
        const changed = next(note);
        if (changed === null) delete notes[id];
        else notes[id] = changed;
      };
      for (const id of settled) become(id, () => null);
      /* A further edit may have been made over ours meanwhile: ours, which the server knows, is what it was built on. */
      for (const { ours, theirs } of superseded) {
        become(theirs.id, ({ ver }) => ({ ver, base: ours, states: [], closing: theirs.edit }));
      }
      /* Only these: of one that was sent before, and whose answer was lost, the server may have taken note. */
      for (const { id, edit } of refused) {
        become(id, (note) => ({
          ...note,
          states: note.states.filter((state) => state.edit !== edit),
        }));
      }
      for (const { id, edit } of conflicting) become(id, (note) => ({ ...note, closing: edit }));
      return notes;
    });
  }

  /**
   * What came before a state that was sent in this transfer; `base` is what RxDB takes for it. In a new life of the
   * server's data RxDB takes nothing for it. What was noted before then counts only where the server has that very
   * state: it says nothing of what others did since, and a field that was typed before it would seem to be untouched.
   */
  pastOf<T extends { edit: string; ver: number }>({ mine, base, theirs }: PastAsked<T>): Past<T> {
    const past = this.#pasts.get(mine.edit) as Noted<T> | undefined;
    if (past === undefined) return { base };
    const { earlier = [], noted, was } = past;
    /* Somebody else has brought back what ours was built on, and nothing more. */
    if (was !== undefined && was === theirs.edit) return { base: theirs };
    if (past.base !== undefined || mine.ver === 0) return { base: past.base, earlier };
    const isOurs = [noted, ...earlier].some((state) => state?.edit === theirs.edit);
    return { base: isOurs ? theirs : undefined };
  }

  /** The transfer has ended. */
  clear(): void {
    this.#pasts.clear();
  }
}

/** The state that was merged after a conflict: RxDB knows what it was built on. */
const isMerge = ({ closing }: BuiltOn, assumed: { edit: string } | undefined): boolean =>
  closing !== undefined && closing === assumed?.edit;

const withoutClosed = (notes: BuiltOnNotes, sending: ReadonlySet<string>): BuiltOnNotes =>
  Object.fromEntries(
    Object.entries(notes).filter(([id, { closing }]) => closing === undefined || sending.has(id)),
  );
