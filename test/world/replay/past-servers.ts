import path from 'node:path';
import Database from 'libsql';
import type { TracedDocument } from '../../../client/trace/trace-entry';
import { isCollectionName } from '../../../schemas/registry';
import { isMerged } from '../../../shared/conflict/merged-collections';
import { ServerView } from '../oracle/server-view';
import type { RecordedMessage } from './recorded-messages';
import type { ReplayParts } from './replay-parts';

/** What a backup holds of a store's goods, sales and people. Terminals, passwords and sessions stay: no answer tells of them. */
const RESTORED: readonly string[] = [
  'counters',
  'documents',
  'origins',
  'edits',
  'stock_moves',
  'serials',
  'consecutives',
  'awaited_prices',
  'chain_links',
  'quarantine',
  'cuts',
];

type State = ReturnType<ServerView['standing']>[number];

/** The kept state that fits a restore best so far. */
interface Past {
  name: string;
  misfits: number;
  /** What the oracle took the stock to have begun with. */
  opening: ReadonlyMap<string, number>;
}

/** All documents of one collection as a terminal read them, page by page from the first. */
interface Reading {
  documents: Map<string, TracedDocument>;
  isWhole: boolean;
}

/** What a trace shows of a life of the data. */
interface Shown {
  readings: ReadonlyMap<string, Reading>;
  /** Documents with which it began, by their collections. */
  origins: readonly { collection: string; document: TracedDocument }[];
}

/**
 * The states through which the replayed server came. A restored backup is one of them, if it was made while the trace went
 * on: the latest of those that fit best what the terminal then read, since it reads all of a server that began a new life.
 */
export class PastServers {
  /** Answers that tell of a restore, in order. */
  readonly #told: readonly RecordedMessage[];
  readonly #best = new Map<RecordedMessage, Past>();
  /** The state that was looked at last, as a text. */
  #last = '';
  /** Edits of others. The recorded terminal's own are other ones in the replay. */
  readonly #foreign: ReadonlySet<string>;

  constructor(private readonly parts: Omit<ReplayParts, 'bornHere'>) {
    const { messages, ownEdits } = parts;
    this.#told = toldOfRestores(messages);
    const edits = messages.flatMap(({ heard }) => (heard?.documents ?? []).map(({ edit }) => edit));
    this.#foreign = new Set(edits.map(String).filter((edit) => !ownEdits.has(edit)));
  }

  /** Keeps the state in which the server is before it does what was recorded, for each restore to come that it fits best. */
  async keep({ servedAt }: RecordedMessage): Promise<void> {
    const coming = this.#told.filter((told) => told.servedAt >= servedAt);
    if (coming.length === 0) return;
    const { server } = this.parts.world;
    const view = new ServerView(server.file);
    const states = view.standing();
    view.close();
    const text = JSON.stringify(states);
    if (text === this.#last) return;
    this.#last = text;
    for (const told of coming) {
      const misfits = this.#misfits(states, this.#shownAfter(told));
      if (misfits > (this.#best.get(told)?.misfits ?? Number.POSITIVE_INFINITY)) continue;
      const name = `before-${this.#told.indexOf(told)}`;
      await server.backup(name);
      this.#best.set(told, { name, misfits, opening: new Map(this.parts.books.ledger.opening) });
    }
  }

  /** Whether the answer tells of a new life of the data, by its code or by the page itself. */
  isTold(message: RecordedMessage): boolean {
    return this.#told.includes(message);
  }

  /**
   * Puts back the state that fits best what the terminal read of the life that this message told it of. Returns what that
   * life began with, as recorded.
   */
  async putBack(told: RecordedMessage): Promise<Shown['origins']> {
    const { world, books } = this.parts;
    const best = this.#best.get(told);
    if (best === undefined) return [];
    const { name, misfits, opening } = best;
    world.trace.add('server', 'is as before', { entry: told.entry, misfits });
    books.ledger.opening.clear();
    for (const [productId, quantity] of opening) books.ledger.opening.set(productId, quantity);
    const file = path.join(world.server.folder, name, path.basename(world.server.file));
    await world.server.closed(() => putBackTables(world.server.file, file));
    return this.#shownAfter(told).origins;
  }

  /** The first whole reading of each collection, and what the life began with, until the next restore. */
  #shownAfter(told: RecordedMessage): Shown {
    const { messages, ids } = this.parts;
    const later = messages.filter(({ place }) => place >= told.place);
    const end = later.findIndex((message) => message !== told && this.isTold(message));
    const readings = new Map<string, Reading>();
    const origins: { collection: string; document: TracedDocument }[] = [];
    for (const { sent, heard } of end < 0 ? later : later.slice(0, end)) {
      const { collection, seq } = sent;
      if (collection !== null && sent.path.endsWith('/origins')) {
        for (const document of heard?.documents ?? []) origins.push({ collection, document });
      }
      if (collection === null || seq === undefined || heard?.code !== '') continue;
      const known = readings.get(collection);
      if (known?.isWhole === true || (known === undefined && seq > 0)) continue;
      const reading = seq === 0 ? { documents: new Map(), isWhole: false } : known;
      if (reading === undefined) continue;
      /* Of a page that was too long to keep nobody knows what is not there. */
      if (heard.documents === undefined) {
        readings.delete(collection);
        continue;
      }
      for (const read of ids.in(heard.documents)) reading.documents.set(String(read['id']), read);
      readings.set(collection, { ...reading, isWhole: heard.remaining === 0 });
    }
    return { readings, origins };
  }

  /** How many documents cannot have been what is shown of them, or of a little later: versions only rise. */
  #misfits(states: readonly State[], { readings, origins }: Shown): number {
    const held = new Map(states.map((state) => [`${state.collection}/${state.id}`, state]));
    let misfits = 0;
    for (const { collection, document } of origins) {
      const there = held.get(`${collection}/${this.parts.ids.of(String(document['id']))}`);
      if (there?.ver !== document['ver']) misfits += 1;
    }
    for (const [collection, { documents, isWhole }] of readings) {
      /* A login edits a user, and a replay may have given others roles. */
      if (!isWhole || collection === 'users') continue;
      for (const state of states) {
        if (state.collection !== collection || state.archived === 1) continue;
        const read = documents.get(state.id);
        if (Number(read?.['ver'] ?? 0) < state.ver || !this.#mayBe(state, read)) misfits += 1;
      }
      for (const [id, { ver, edit }] of documents) {
        /* Nobody else can have brought back what only this terminal had; what is archived stays so. */
        const there = held.get(`${collection}/${id}`);
        const isOlder = (there?.ver ?? 0) < Number(ver);
        const isOwn = this.parts.ownEdits.has(String(edit));
        if ((isOwn && isOlder) || there?.archived === 1) misfits += 1;
      }
    }
    return misfits;
  }

  /** Whether both are one state, or of different versions. Edits of the server's own (flags) are other ones in a replay. */
  #mayBe({ collection, ver, edit }: State, read: TracedDocument | undefined): boolean {
    if (!isCollectionName(collection) || !isMerged(collection)) return true;
    if (read === undefined || Number(read['ver']) !== ver || edit.startsWith('before-'))
      return true;
    const readEdit = String(read['edit']);
    return this.parts.ownEdits.has(readEdit) ? !this.#foreign.has(edit) : edit === readEdit;
  }
}

/** Answers that tell of a restore: a refusal that says so, or a page of another life than the last, where none did. */
function toldOfRestores(messages: readonly RecordedMessage[]): RecordedMessage[] {
  const told: RecordedMessage[] = [];
  let life: string | null = null;
  const inOrder = messages.toSorted((a, b) => a.servedAt - b.servedAt);
  inOrder.forEach((message, index) => {
    const { heard } = message;
    if (heard?.code === 'EPOCH_CHANGED') {
      const next = inOrder.slice(index).find(({ heard }) => heard?.epoch !== undefined)
        ?.heard?.epoch;
      if (next === undefined || next !== life) told.push(message);
      life = next ?? life;
    } else if (heard?.epoch !== undefined) {
      if (life !== null && life !== heard.epoch) told.push(message);
      life = heard.epoch;
    }
  });
  return told;
}

/** Both databases are closed. */
function putBackTables(file: string, past: string): void {
  const database = new Database(file);
  try {
    database.pragma('foreign_keys = OFF');
    database.prepare('ATTACH ? AS past').run(past);
    const copies = RESTORED.map(
      (table) =>
        `DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM past.${table};`,
    );
    database.exec(`BEGIN; ${copies.join(' ')} COMMIT`);
  } finally {
    database.close();
  }
}
