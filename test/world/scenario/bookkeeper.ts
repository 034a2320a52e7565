import { checkRefusal, userNames } from '../oracle/check-attention';
import { checkServer } from '../oracle/check-server';
import { checkTerminal } from '../oracle/check-terminal';
import { documentsOn } from '../oracle/disk-documents';
import { Ledger } from '../oracle/ledger';
import { same } from '../oracle/same';
import { type Doc, ServerView } from '../oracle/server-view';
import type { Violation } from '../oracle/violation';
import type { Operation } from '../terminal/operations';
import type { Watcher, World } from '../world';
import type { WireReply, WireRequest } from '../world-server';
import { type AskedEdit, editOf } from './edit-of';

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

const SYNC = '/api/sync/';
type Refused = { id: string; code: string; message: string };

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

  /** Longest virtual time, ms, that anything took to end once the network was well. */
  slowestMs = 0;

  ended(ms: number): void {
    this.slowestMs = Math.max(this.slowestMs, ms);
  }

  /** `METHOD path` of each request that the server answered. */
  readonly requests: string[] = [];

  arrived(terminal: string, request: WireRequest, reply: WireReply): void {
    this.requests.push(`${request.method} ${request.path}`);
    if (request.method !== 'POST') return;
    if (request.path === '/api/session' && reply.status === 201) {
      const { userName } = JSON.parse(request.body ?? '{}') as { userName: string };
      this.ledger.loggedIn(terminal, userName);
    }
    if (!request.path.startsWith(SYNC)) return;
    this.#changed = true;
    /* Most answers refuse nothing, and need not be read. */
    if (reply.status === 200 && !reply.body.includes('"rejected":[]')) {
      this.#judgeRefusals(terminal, request, JSON.parse(reply.body) as { rejected: Refused[] });
    }
  }

  delivered(
    terminal: string,
    request: { method: string; path: string },
    reply: { status: number; body: string },
  ): void {
    if (request.method !== 'POST' || reply.status !== 200) return;
    if (!request.path.startsWith(SYNC)) return;
    const collection = request.path.slice(SYNC.length);
    try {
      const { accepted } = JSON.parse(reply.body) as { accepted: { id: string; ver: number }[] };
      this.ledger.answered(collection, accepted);
      const { step } = this;
      const at = this.world === null ? 0 : this.world.scheduler.now - this.world.start;
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

  #judgeRefusals(terminal: string, request: WireRequest, { rejected }: { rejected: Refused[] }) {
    const { world, ledger } = this;
    if (world === null) return;
    const { rows } = JSON.parse(request.body ?? '{}') as { rows: { newDocumentState: Doc }[] };
    const sent = new Map(rows.map((row) => [row.newDocumentState.id, row.newDocumentState]));
    const collection = request.path.slice(SYNC.length);
    this.#withView(world, (view) => {
      const users = userNames(view);
      for (const { id, ...refusal } of rejected) {
        const about = { collection, id, document: sent.get(id), refusal };
        this.note(checkRefusal(terminal, about, { ledger, users }));
      }
    });
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
  #lookAtDisk(terminal: string, operation: Operation): void {
    const disk = this.world?.terminal(terminal).disk;
    if (disk === undefined) return;
    for (const collection of ['invoices', 'movements', 'clients', 'products', 'shifts']) {
      for (const document of documentsOn(disk, collection)) {
        this.ledger.found(terminal, collection, document);
      }
    }
    const edit = this.#underWay.get(operation);
    if (edit === undefined) return;
    const { collection, change, before } = edit;
    const stored = documentsOn(disk, collection).find(({ id }) => id === before.id);
    if (stored === undefined || stored['pending'] !== 1 || stored['edit'] === before['edit'])
      return;
    if (Object.entries(change).every(([field, value]) => same(stored[field], value))) {
      this.ledger.wrote(terminal, collection, before, stored);
    }
  }

  /** Edits that were asked for, with what stood on the disk before. */
  readonly #underWay = new WeakMap<Operation, AskedEdit & { before: Doc }>();

  /** Notes what a terminal's disk says before it does something, in case nobody hears how it ends. */
  before(terminal: string, operation: Operation): void {
    const disk = this.world?.terminal(terminal).disk;
    if (disk === undefined) return;
    const edit = editOf(operation, disk);
    if (edit === null) return;
    const before = documentsOn(disk, edit.collection).find(({ id }) => id === edit.id);
    if (before !== undefined) this.#underWay.set(operation, { ...edit, before });
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
