import path from 'node:path';
import Database from 'libsql';
import type { TracedDocument } from '../../../client/trace/trace-entry';
import { isCollectionName } from '../../../schemas/registry';
import { isMerged } from '../../../shared/conflict/merged-collections';
import { ServerView } from '../oracle/server-view';
import type { Bookkeeper } from '../scenario/bookkeeper';
import type { World } from '../world';
import type { IdMap } from './id-map';
import type { RecordedMessage } from './recorded-messages';

/** What a backup holds of a store's goods and sales. Who may work there stays as it is: no answer tells of it. */
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

/** A state that was kept. */
interface Past {
  name: string;
  states: readonly State[];
  text: string;
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
 * on: the one that fits best what the terminal then read, since it reads all of a server that began a new life.
 */
export class PastServers {
  readonly #past: Past[] = [];
  readonly #told: ReadonlySet<RecordedMessage>;
  /** Place of the last restore that the trace knows of; nothing is kept after it. */
  readonly #lastRestore: number;
  /** Edits of others. The recorded terminal's own are other ones in the replay. */
  readonly #foreign: ReadonlySet<string>;

  constructor(
    private readonly parts: {
      world: World;
      books: Bookkeeper;
      ids: IdMap;
      ownEdits: ReadonlySet<string>;
      messages: readonly RecordedMessage[];
    },
  ) {
    const { messages, ownEdits } = parts;
    this.#told = toldOfRestores(messages);
    this.#lastRestore = Math.max(-1, ...[...this.#told].map(({ servedAt }) => servedAt));
    const edits = messages.flatMap(({ heard }) => (heard?.documents ?? []).map(({ edit }) => edit));
    this.#foreign = new Set(edits.map(String).filter((edit) => !ownEdits.has(edit)));
  }

  /** Keeps the state in which the server is before it does what was recorded, where a restore follows. */
  async keep({ servedAt }: RecordedMessage): Promise<void> {
    if (servedAt > this.#lastRestore) return;
    const { server } = this.parts.world;
    const view = new ServerView(server.file);
    const states = view.standing();
    view.close();
    const text = JSON.stringify(states);
    if (this.#past.at(-1)?.text === text) return;
    const name = `past-${this.#past.length}`;
    await server.backup(name);
    const opening = new Map(this.parts.books.ledger.opening);
    this.#past.push({ name, states, text, opening });
  }

  /** Whether the answer tells of a new life of the data, by its code or by the page itself. */
  isTold(message: RecordedMessage): boolean {
    return this.#told.has(message);
  }

  /**
   * Puts back the latest state that fits best what the terminal read of the life that this message told it of. Returns
   * what that life began with, as recorded.
   */
  async putBack(told: RecordedMessage): Promise<Shown['origins']> {
    const { world, books } = this.parts;
    const shown = this.#shownAfter(told);
    let best: { past: Past; misfits: number } | null = null;
    for (const past of this.#past.toReversed()) {
      const misfits = this.#misfits(past.states, shown);
      if (best === null || misfits < best.misfits) best = { past, misfits };
    }
    if (best === null) return [];
    const { name, opening } = best.past;
    world.trace.add('server', 'is as before', { name, misfits: best.misfits });
    books.ledger.opening.clear();
    for (const [productId, quantity] of opening) books.ledger.opening.set(productId, quantity);
    const file = path.join(world.server.folder, name, path.basename(world.server.file));
    await world.server.closed(() => putBackTables(world.server.file, file));
    return shown.origins;
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
      /* Of a page that was too long to keep nobody knows what is not there. */
      if (reading === undefined || heard.documents === undefined) continue;
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
      if (!isWhole) continue;
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
function toldOfRestores(messages: readonly RecordedMessage[]): Set<RecordedMessage> {
  const told = new Set<RecordedMessage>();
  let life: string | null = null;
  let isKnown = true;
  for (const message of messages.toSorted((a, b) => a.servedAt - b.servedAt)) {
    const { heard } = message;
    if (heard?.code === 'EPOCH_CHANGED') {
      told.add(message);
      isKnown = false;
    } else if (heard?.epoch !== undefined) {
      if (life !== null && life !== heard.epoch && isKnown) told.add(message);
      life = heard.epoch;
      isKnown = true;
    }
  }
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
