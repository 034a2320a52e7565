import type { Case } from '../../../client/trace/case-schema';
import type { EntryOf } from '../../../client/trace/trace-entry';
import { LONGEST_SESSION_MS } from '../../../server/auth/sessions';
import { documentsOn } from '../oracle/disk-documents';
import type { Bookkeeper } from '../scenario/bookkeeper';
import { StepStates } from '../scenario/step-states';
import type { RunReport } from '../terminal/operations';
import type { Asked } from '../world-terminal';
import type { CaseWorld } from './case-world';
import type { ReplayConductor } from './conductor';
import type { IdMap } from './id-map';
import { LINE_BROKE, RECORDED } from './recorded-messages';
import { droppedBefore, type Made, madeBy } from './recorded-writes';
import { type ReplayItem, replayItems } from './replay-items';
import { sealed, userNames } from './sealed';
import { TypedAgain } from './typed-again';

/** A message must come within this much virtual time; a request of the terminal's own is given up after 60 s. */
const MESSAGE_MS = 45_000;
/** An operation, or a run, may wait for several that time out. */
const OPERATION_MS = 5 * 60_000;
/** A clock that moves back by more was set back. */
const SET_BACK_MS = 1_000;

/** How a recorded operation or run ended in the replay; null: it did not. */
export interface ReplayedEnd {
  entry: number;
  what: string;
  expected: unknown;
  actual: unknown;
}

/** Does again what a trace says, entry by entry. */
export class Replay {
  readonly ends: ReplayedEnd[] = [];
  readonly states = new StepStates();
  /** Words and outcomes of the steps, for a report. */
  readonly steps: { entry: number; words: string }[] = [];
  readonly outcomes: string[] = [];
  readonly #asked = new Map<string, Asked>();
  readonly #began: number;
  readonly #typed: TypedAgain;
  readonly #madeBy: ReadonlyMap<string, readonly Made[]>;

  constructor(
    private readonly parts: {
      file: Case;
      made: CaseWorld;
      conductor: ReplayConductor;
      books: Bookkeeper;
      ids: IdMap;
    },
  ) {
    this.#began = parts.made.world.scheduler.now;
    this.#typed = new TypedAgain(parts);
    this.#madeBy = madeBy(parts.file.entries);
  }

  async run(): Promise<void> {
    const { file, made, conductor, books } = this.parts;
    made.terminal.line.conductor = conductor;
    this.states.record(0, made.world, books.ledger);
    const items = replayItems(file.entries, conductor.messages);
    for (const [index, item] of items.entries()) {
      conductor.position = item.entry;
      const next = items.slice(index + 1).find(({ kind }) => kind !== 'put');
      conductor.isLastMoment = next?.kind === 'start';
      await this.#item(item);
    }
    made.terminal.line.conductor = null;
    for (const { go, hear } of conductor.messages) {
      go();
      hear();
    }
  }

  async #item(item: ReplayItem): Promise<void> {
    switch (item.kind) {
      case 'call':
        return this.#call(item);
      case 'done':
        return this.#done(item);
      case 'run':
        return this.#runEnded(item);
      case 'put':
        return this.#put(item);
      case 'start':
        return this.#start(item);
      case 'serve':
        await this.#until(() => item.message.isSent, MESSAGE_MS);
        item.message.go();
        if (item.message.isSent) await this.#until(() => item.message.isHandled, MESSAGE_MS);
        return;
      case 'hear':
        item.message.hear();
        if (item.message.isSent) await this.#until(() => item.message.isOver, MESSAGE_MS);
    }
  }

  async #call({ recorded, entry }: Extract<ReplayItem, { kind: 'call' }>): Promise<void> {
    const { made, ids } = this.parts;
    const { op } = recorded;
    /* Nobody heard how it ended, and nothing of it was stored: the crash came first. */
    const isCut = !this.#entriesOf('done').some((done) => done.op === op);
    const isWriting = /^(sales|clients|products|stock|shifts)$/.test(recorded.call.service);
    if (isCut && isWriting && this.#made(op).length === 0) return;
    await this.#clock(recorded.at);
    const { service, method } = recorded.call;
    this.#step(entry, `${service}.${method}`);
    const call = ids.in(recorded.call);
    if (method === 'enrol') call.args = [{ name: RECORDED }];
    if (service === 'sales') call.args = this.#typed.approved(recorded, call.args);
    made.terminal.disk.full = this.#entriesOf('done').some(
      (done) => done.op === op && done.code === 'STORAGE_FULL',
    );
    const secret = await this.#typed.secret(recorded);
    this.#asked.set(op, made.terminal.ask({ op: 'call', call, secret }));
    await made.world.scheduler.pass(0);
  }

  async #done({ recorded, entry }: Extract<ReplayItem, { kind: 'done' }>): Promise<void> {
    const asked = this.#asked.get(recorded.op);
    if (asked === undefined) return;
    await this.#until(() => asked.outcome !== null, OPERATION_MS);
    this.parts.made.terminal.disk.full = false;
    await this.#learn(recorded.op, asked);
    const { outcome } = asked;
    const code =
      outcome === null || outcome === 'crashed' ? 'no end' : outcome.ok ? '' : outcome.code;
    const { operation } = asked;
    const what =
      operation.op === 'call' ? `${operation.call.service}.${operation.call.method}` : '';
    this.ends.push({ entry, what, expected: recorded.code || 'ok', actual: code || 'ok' });
    this.outcomes[this.outcomes.length - 1] = code || 'ok';
    const { made, books } = this.parts;
    this.states.record(books.step, made.world, books.ledger);
  }

  async #runEnded({ recorded, entry }: Extract<ReplayItem, { kind: 'run' }>): Promise<void> {
    const { made } = this.parts;
    const asked = made.terminal.ask({ op: 'awaitRun' });
    await this.#until(() => asked.outcome !== null, OPERATION_MS);
    const { outcome } = asked;
    const report =
      outcome !== null && outcome !== 'crashed' && outcome.ok ? outcome.runs[0] : undefined;
    const { unit, status, sent, conflicts, rejected, equality, errorCode } = recorded;
    const expected = { unit, status, sent, conflicts, rejected, equality, errorCode };
    this.ends.push({
      entry,
      what: 'sync run',
      expected,
      actual: report === undefined ? 'no end' : comparable(report),
    });
    const { file, ids } = this.parts;
    const dropped = new Set([...droppedBefore(file.entries, entry)].map((id) => ids.of(id)));
    const here = dropped.size === 0 ? [] : documentsOn(made.terminal.disk, 'invoices');
    const actual = here.map(({ id }) => id).filter((id) => dropped.has(id));
    this.ends.push({ entry, what: 'old invoices that stayed', expected: [], actual });
  }

  async #put({ recorded, entry }: Extract<ReplayItem, { kind: 'put' }>): Promise<void> {
    const { made, ids, books } = this.parts;
    const { collection, rows } = recorded;
    const names = userNames(this.parts.file);
    for (const row of rows) {
      const { id, set } = ids.in({ id: row.id, set: row.set ?? {} });
      this.#step(entry, `a document is changed past the desk (${collection})`);
      books.ledger.spoilt.add(`${collection}/${id}`);
      const edit = made.world.server.context.ports.ids.newId();
      const changed = { ...set, id, edit, pending: 1, ...(row.ver === 0 ? { ver: 0 } : {}) };
      const by = { names, secret: made.terminal.disk.secret };
      const document = recorded.context === 'found' ? sealed(collection, changed, by) : changed;
      const asked = made.terminal.ask({ op: 'put', collection, document });
      await this.#until(() => asked.outcome !== null, OPERATION_MS);
    }
  }

  async #start({ recorded, entry }: Extract<ReplayItem, { kind: 'start' }>): Promise<void> {
    const { made } = this.parts;
    /* What an operation that was cut had stored is there before the page goes. */
    for (const [op, asked] of this.#asked) {
      if (asked.outcome !== null || this.#made(op).length === 0) continue;
      await this.#until(() => asked.outcome !== null, MESSAGE_MS);
    }
    for (const [op, asked] of this.#asked) await this.#learn(op, asked);
    made.terminal.crash('reloads');
    await this.#clock(recorded.at);
    this.#step(entry, 'the page is opened again');
    await made.terminal.start();
  }

  /** What the operation made has another id here. */
  async #learn(op: string, { outcome }: Asked): Promise<void> {
    const { ids, made } = this.parts;
    await made.learnTerminal();
    if (outcome === null || outcome === 'crashed' || !outcome.ok) return;
    const born = outcome.written.filter(({ before }) => before === null);
    for (const { collection, id } of this.#made(op)) {
      const index = born.findIndex((document) => document.collection === collection);
      const [found] = index < 0 ? [] : born.splice(index, 1);
      if (found !== undefined) ids.set(id, String(found.after['id']));
    }
  }

  #made(op: string): readonly Made[] {
    return this.#madeBy.get(op) ?? [];
  }

  #entriesOf<K extends 'stored' | 'done'>(kind: K): EntryOf<K>[] {
    return this.parts.file.entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);
  }

  /** The terminal's clock as it then was, while true time only goes on. */
  async #clock(at: number): Promise<void> {
    const { made, file } = this.parts;
    const { scheduler } = made.world;
    const wanted = this.#began + (at - (file.entries[0]?.at ?? at));
    const ahead = wanted - (scheduler.now + made.terminal.skew);
    const isPut = ahead > LONGEST_SESSION_MS && this.#isStillIn();
    if (isPut || -ahead > SET_BACK_MS + MESSAGE_MS) made.terminal.skew += ahead;
    else if (ahead > 0) await scheduler.pass(ahead);
  }

  /** Whether the server next knows the session, which no longer can be if so much time really went by. */
  #isStillIn(): boolean {
    const { messages, position } = this.parts.conductor;
    const next = messages.find(({ recorded }) => recorded.asked >= position - 1)?.recorded;
    const code = next?.heard?.code ?? 'SESSION_EXPIRED';
    return next?.sent.collection !== null && code !== 'SESSION_EXPIRED' && !LINE_BROKE.has(code);
  }

  #step(entry: number, words: string): void {
    const { made, books } = this.parts;
    this.steps.push({ entry, words });
    this.outcomes.push('');
    books.step = this.steps.length;
    made.world.trace.add('world', 'step', { step: books.step, do: 'wait', entry });
  }

  async #until(done: () => boolean, limitMs: number): Promise<void> {
    const { scheduler } = this.parts.made.world;
    await scheduler.run(done, scheduler.now + limitMs);
  }
}

const comparable = ({ unit, status, sent, conflicts, rejected, ...rest }: RunReport) => ({
  unit,
  status,
  sent,
  conflicts,
  rejected,
  equality: rest.equality ?? null,
  errorCode: rest.errorCode ?? '',
});
