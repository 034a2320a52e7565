import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  buildInvoice,
  settlePayments,
  toInvoiceLine,
  WALK_IN,
} from '../../client/desk/build-invoice';
import type { Client } from '../../schemas/clients';
import type { Movement } from '../../schemas/movements';
import type { Product } from '../../schemas/products';
import type { CollectionName } from '../../schemas/registry';
import type { Shift } from '../../schemas/shifts';
import { instant } from '../../shared/ports/clock';
import type { PushReply } from '../../shared/protocol/messages';
import { may } from '../../shared/roles';
import type { ApiTerminal } from '../kit/api';
import type { AcknowledgedRows } from './acknowledged';
import { isUnanswered, NotNow } from './is-unanswered';

interface Row {
  newDocumentState: Record<string, unknown>;
  assumedMasterState?: Record<string, unknown>;
}
export interface Batch {
  collection: CollectionName;
  rows: Row[];
}

export interface LoadOptions {
  /** Whether 503 is an answer that may come: where the database itself is killed. */
  mayBeBusy?: boolean;
  api: ApiTerminal;
  /** Seeded: which documents it makes, and how many at a time. */
  next: () => number;
  acknowledged: AcknowledgedRows;
}

/** Between two tries at a server that says 503: shorter than Retry-After, so that tests need not wait. */
const BUSY_MS = 50;
/** Rows of one batch, at most. */
const MAX_ROWS = 25;

/**
 * A terminal that sends without a pause: sales, movements of stock, clients, products with edits, its cash session. What
 * gets no answer stays in doubt until it has been sent again.
 */
export class LoadTerminal {
  /** The batch whose answer never came. */
  inDoubt: Batch | null = null;
  readonly refused: PushReply['rejected'] = [];
  sent = 0;
  readonly #options: LoadOptions;
  #products: Product[] = [];
  #clients: Client[] = [];
  #shift: Shift | null = null;
  #number = 0;
  #serial = 0;
  #hash = '';

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  get api(): ApiTerminal {
    return this.#options.api;
  }

  /** Receives what the server has, as a sync would. */
  async receive(): Promise<void> {
    this.#products = (await this.#all('products')) as unknown as Product[];
    this.#clients = (await this.#all('clients')) as unknown as Client[];
  }

  /** Sends one batch after the other while `goesOn`; the last one stays in doubt where the connection broke under it. */
  async sendWhile(goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      this.inDoubt ??= this.#nextBatch();
      try {
        await this.sendAgain();
      } catch (error) {
        /* No answer: the server is gone, or a socket was that an earlier one has closed. Anything else is a finding. */
        if (!isUnanswered(error)) throw error;
        if (error instanceof NotNow) await wait(BUSY_MS);
      }
    }
  }

  /** Sends what has got no answer yet. */
  async sendAgain(): Promise<void> {
    if (this.inDoubt === null) return;
    this.#settle(this.inDoubt, await this.push(this.inDoubt));
    this.inDoubt = null;
  }

  /** Throws where there is no answer; an answer that is none of a push is thrown too. */
  async push({ collection, rows }: Batch): Promise<PushReply> {
    const body = { epoch: this.api.session.epoch, rows };
    const reply = await this.api.request('POST', `/api/sync/${collection}`, body);
    if (reply.status === 503 && this.#options.mayBeBusy === true) throw new NotNow();
    if (reply.status !== 200) throw new Error(`${collection}: ${reply.status} ${reply.text}`);
    return reply.body;
  }

  async #all(collection: CollectionName): Promise<Record<string, unknown>[]> {
    const documents: Record<string, unknown>[] = [];
    for (let seq = 0; ; ) {
      const page = await this.api.pull(collection, seq);
      documents.push(...page.documents);
      seq = page.checkpoint.seq;
      if (page.remaining === 0) return documents;
    }
  }

  #settle({ collection, rows }: Batch, reply: PushReply): void {
    this.sent += rows.length;
    const byId = new Map(rows.map((row) => [String(row.newDocumentState['id']), row]));
    for (const { id, ver } of reply.accepted) {
      const document = byId.get(id)?.newDocumentState;
      if (document === undefined) throw new Error(`${collection}: ${id} was never sent`);
      this.#options.acknowledged.add({
        collection,
        id,
        ver,
        edit: String(document['edit']),
        document,
      });
      this.#adopt(collection, { ...document, ver, pending: 0 });
    }
    for (const document of [...reply.superseded, ...reply.conflicts]) {
      this.#adopt(collection, document);
    }
    this.refused.push(...reply.rejected);
    const answered =
      reply.accepted.length +
      reply.superseded.length +
      reply.conflicts.length +
      reply.rejected.length;
    if (answered !== rows.length) throw new Error(`${collection}: ${answered} of ${rows.length}`);
  }

  /** The server's state of a document, for the next edit of it. */
  #adopt(collection: CollectionName, document: Record<string, unknown>): void {
    const put = <T extends { id: string }>(list: T[]): void => {
      const at = list.findIndex(({ id }) => id === document['id']);
      if (at >= 0) list[at] = document as unknown as T;
      else list.push(document as unknown as T);
    };
    if (collection === 'products') put(this.#products);
    if (collection === 'clients') put(this.#clients);
    if (collection === 'shifts') this.#shift = document as unknown as Shift;
  }

  #int(max: number): number {
    return Math.floor(this.#options.next() * max);
  }

  #pick<T>(list: readonly T[]): T {
    const found = list[this.#int(list.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }

  #nextBatch(): Batch {
    const { role } = this.api.session.user;
    const count = 1 + this.#int(MAX_ROWS);
    const make = (row: () => Row): Row[] => Array.from({ length: count }, row);
    const draw = this.#options.next();
    if (draw < 0.5) return { collection: 'invoices', rows: make(() => this.#invoice()) };
    if (draw < 0.65) return { collection: 'clients', rows: this.#clientRows(count) };
    if (draw < 0.75) return { collection: 'shifts', rows: [this.#shiftRow()] };
    if (may(role, 'editProducts') && draw < 0.9) {
      return { collection: 'products', rows: this.#productRows(count) };
    }
    if (may(role, 'adjustStock')) {
      return { collection: 'movements', rows: make(() => this.#movement()) };
    }
    return { collection: 'invoices', rows: make(() => this.#invoice()) };
  }

  #invoice(): Row {
    const { user, store, terminal } = this.api.session;
    const lines = Array.from({ length: 1 + this.#int(4) }, () => {
      const product = this.#pick(this.#products);
      const quantity = 1000 * (1 + this.#int(5));
      return toInvoiceLine({ product, quantity, unitPrice: product.price, discountRate: 0 });
    });
    const total = lines.reduce((sum, line) => sum + line.total, 0);
    this.#number += 1;
    this.#serial += 1;
    const invoice = buildInvoice(
      {
        type: '04',
        clientId: '',
        client: WALK_IN,
        lines,
        notes: '',
        ...settlePayments(lines, [{ method: 'cash', amount: total, reference: '' }], total),
      },
      {
        id: randomUUID(),
        number: this.#number,
        serial: this.#serial,
        now: Date.now(),
        situation: '3',
        securityCode: '12345678',
        shiftId: '',
        previousHash: this.#hash,
      },
      { user, store, terminal },
    );
    this.#hash = invoice.chain.hash;
    return born(invoice);
  }

  #movement(): Row {
    this.#serial += 1;
    const { user, terminal } = this.api.session;
    const now = instant(Date.now());
    const movement: Omit<Movement, 'ver' | 'edit' | 'pending'> = {
      id: randomUUID(),
      productId: this.#pick(this.#products).id,
      kind: 'adjustment',
      quantity: 1000 * (this.#int(21) - 10) || 1000,
      reason: 'conteo',
      terminalId: terminal.id,
      serial: this.#serial,
      userId: user.id,
      at: now,
      businessDate: now.slice(0, 10),
    };
    return born(movement);
  }

  #clientRows(count: number): Row[] {
    const chosen = new Map<string, Row>();
    for (let i = 0; i < count; i++) {
      const known = this.#pick(this.#clients);
      const change = { notes: `nota ${this.#int(1e9)}`, editedBy: this.api.session.user.id };
      const row =
        this.#options.next() < 0.3
          ? born({ ...known, ...change, id: randomUUID() })
          : edited(known, change);
      chosen.set(String(row.newDocumentState['id']), row);
    }
    return [...chosen.values()];
  }

  #productRows(count: number): Row[] {
    const chosen = new Map<string, Row>();
    for (let i = 0; i < count; i++) {
      const known = this.#pick(this.#products);
      const change = { price: 100 * (1 + this.#int(9000)), editedBy: this.api.session.user.id };
      chosen.set(known.id, edited(known, change));
    }
    return [...chosen.values()];
  }

  #shiftRow(): Row {
    const known = this.#shift;
    const { user, terminal } = this.api.session;
    const now = instant(Date.now());
    if (known !== null && known.status === 'open') {
      return edited(known, { status: 'closed', closedAt: now, countedCash: this.#int(1e6) });
    }
    const shift: Omit<Shift, 'ver' | 'edit' | 'pending'> = {
      id: randomUUID(),
      terminalId: terminal.id,
      userId: user.id,
      userName: user.displayName,
      status: 'open',
      openedAt: now,
      openingCash: 1_000_000,
      closedAt: '',
      expectedCash: 0,
      countedCash: 0,
      difference: 0,
      notes: '',
    };
    return born(shift);
  }
}

const born = (document: object): Row => ({
  newDocumentState: { ...document, ver: 0, edit: randomUUID(), pending: 1 },
});

const edited = (known: object, change: object): Row => ({
  newDocumentState: { ...known, ...change, edit: randomUUID(), pending: 1 },
  assumedMasterState: { ...known },
});
