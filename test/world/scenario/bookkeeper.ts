import { checkServer } from '../oracle/check-server';
import { checkTerminal } from '../oracle/check-terminal';
import { documentOf, textsOn } from '../oracle/disk-documents';
import { Ledger } from '../oracle/ledger';
import { type Doc, ServerView } from '../oracle/server-view';
import type { Violation } from '../oracle/violation';
import { type Watcher, WORLD_START, type World } from '../world';

/** That the server has a document in a version, as a terminal was told by the answer to a push. */
export interface Acknowledgement {
  terminal: string;
  collection: string;
  id: string;
  ver: number;
  step: number;
  /** Virtual ms since the world began. */
  at: number;
}

/** Keeps the ledger of a world while it runs, and compares it with what server and terminals say. */
export class Bookkeeper implements Watcher {
  readonly ledger = new Ledger();
  readonly violations: Violation[] = [];
  readonly acknowledged: Acknowledgement[] = [];
  world: World | null = null;
  /** Step that is under way, from 1; 0 is the set-up. */
  step = 0;
  /** A push changed the server since it was last looked at. */
  #changed = false;

  /** `METHOD path` of each request that the server answered. */
  readonly requests: string[] = [];

  arrived(_terminal: string, request: { method: string; path: string }): void {
    this.requests.push(`${request.method} ${request.path}`);
    if (request.method === 'POST' && request.path.startsWith('/api/sync/')) this.#changed = true;
  }

  delivered(
    terminal: string,
    request: { method: string; path: string },
    reply: { status: number; body: string },
  ): void {
    if (request.method !== 'POST' || reply.status !== 200) return;
    if (!request.path.startsWith('/api/sync/')) return;
    const collection = request.path.slice('/api/sync/'.length);
    try {
      const { accepted } = JSON.parse(reply.body) as { accepted: { id: string; ver: number }[] };
      this.ledger.answered(collection, accepted);
      const { step } = this;
      const at = (this.world?.scheduler.now ?? WORLD_START) - WORLD_START;
      for (const { id, ver } of accepted) {
        this.acknowledged.push({ terminal, collection, id, ver, step, at });
      }
    } catch {
      /* An answer that was cut acknowledges nothing. */
    }
  }

  outcome(...[terminal, asked]: Parameters<NonNullable<Watcher['outcome']>>): void {
    const { operation, outcome } = asked;
    if (outcome === 'crashed') this.#lookAtDisk(terminal, operation);
    else if (outcome?.ok === true) {
      for (const { collection, before, after } of outcome.written) {
        this.ledger.wrote(terminal, collection, before, after as Doc);
      }
    }
  }

  /** What must hold at any moment at which nothing is under way, at the server and one terminal (null: at all). */
  async checkNow(who: string | null = null): Promise<void> {
    const { world } = this;
    if (world === null) return;
    this.#withView(world, (view) => {
      if (this.#changed) this.note(checkServer(view, this.ledger));
      this.#changed = false;
    });
    for (const terminal of world.terminals.values()) {
      if (terminal.isBusy || (who !== null && who !== terminal.name)) continue;
      const state = await terminal.state();
      if (state === null || state.session === 'unenrolled') continue;
      this.#withView(world, (view) => {
        const { ledger } = this;
        this.note(checkTerminal(terminal.name, state, { ledger, view }));
      });
    }
  }

  /** Keeps what was found wrong, with the step after which it was. */
  note(found: readonly Violation[]): void {
    this.violations.push(...found.map((violation) => ({ ...violation, step: this.step })));
  }

  /** Nobody was told how it ended: the disk says whether it did. */
  #lookAtDisk(terminal: string, operation: { op: string; id?: string; change?: object }): void {
    const disk = this.world?.terminal(terminal).disk;
    if (disk === undefined) return;
    const read = (collection: string): Doc[] => textsOn(disk, collection).map(documentOf);
    for (const collection of ['invoices', 'movements', 'clients', 'products', 'shifts']) {
      for (const document of read(collection)) this.ledger.found(terminal, collection, document);
    }
    const { id, change } = operation;
    if (id === undefined || change === undefined) return;
    const collection = operation.op === 'editClient' ? 'clients' : 'products';
    const stored = read(collection).find((document) => document.id === id);
    if (stored === undefined || stored['pending'] !== 1) return;
    const isDone = Object.entries(change).every(([field, value]) => stored[field] === value);
    if (!isDone) return;
    const before = this.#seenBefore.get(`${terminal}/${collection}/${id}`);
    if (before !== undefined) this.ledger.wrote(terminal, collection, before, stored);
  }

  readonly #seenBefore = new Map<string, Doc>();

  /** Notes what stands on a terminal's disk before an edit, in case nobody hears how it ends. */
  beforeEdit(terminal: string, collection: string, id: string): void {
    const disk = this.world?.terminal(terminal).disk;
    if (disk === undefined) return;
    const stored = textsOn(disk, collection).map(documentOf);
    const found = stored.find((document) => document.id === id);
    if (found !== undefined) this.#seenBefore.set(`${terminal}/${collection}/${id}`, found);
  }

  #withView(world: World, use: (view: ServerView) => void): void {
    const view = new ServerView(world.server.file);
    try {
      use(view);
    } finally {
      view.close();
    }
  }
}
