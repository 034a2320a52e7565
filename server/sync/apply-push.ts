import { upgradeDocument } from '../../schemas/migrations/upgrade-document';
import type { AnyDocument, CollectionName, Documents } from '../../schemas/registry';
import { COLLECTIONS } from '../../schemas/registry';
import { isWrittenByTerminals } from '../../shared/access/denied-field';
import { AppError } from '../../shared/errors/app-error';
import type { PushReply, PushRequest, StoreProfile } from '../../shared/protocol/messages';
import { writeAudit } from '../audit/write-audit';
import type { ServerPorts } from '../ports';
import type { Store, StoredDocument, StoreScope } from '../store/port';
import { type AuthorLookup, authorLookup, type Sender } from './author';
import { checkApprovals } from './check-approvals';
import type { Refusal } from './check-invoice';
import { type AboutRow, checkNewState, checkTerminal, refusal } from './check-row';
import { judgeAwaited } from './judge-awaited';
import { noteRow, type WriteAudit } from './note-row';
import { type ParsedRow, parseRow } from './parse-row';
import { effectsOf, isInvoice, productIdsOf, sameContent } from './row-effects';
import { StockWriter } from './stock-writer';
import { priceOf } from './unexplained-prices';

export interface PushOptions<N extends CollectionName> {
  store: Store;
  ports: ServerPorts;
  storeId: string;
  collection: N;
  sender: Sender;
  request: PushRequest;
  /** The rows are from a file that the sender's user brought in for that terminal: then that is audited too. */
  rescue?: { fileId: string; madeAt: string; isProven: boolean };
}

/**
 * Applies a push in one transaction and answers for each row: accepted, superseded, in conflict, or rejected. One bad
 * row never holds up the others; a row that is sent again changes nothing; whatever a row moves (stock, serials,
 * consecutives) is written in the same transaction. Throws EPOCH_CHANGED, and nothing is applied.
 */
export function applyPush<N extends CollectionName>(options: PushOptions<N>): Promise<PushReply> {
  return options.store.transaction(options.storeId, async (scope) => {
    const stored = await scope.self();
    if (stored === null) throw new AppError('SESSION_EXPIRED');
    if (stored.epoch !== options.request.epoch) {
      throw new AppError('EPOCH_CHANGED', { epoch: stored.epoch });
    }
    /* Its own sender: what a try noted that was undone must not reach the next one. */
    const own = { ...options, sender: { ...options.sender } };
    return new Push(own, scope, stored.profile).run();
  });
}

/** One push while it is applied. */
class Push<N extends CollectionName> {
  readonly #reply: PushReply = { accepted: [], superseded: [], conflicts: [], rejected: [] };
  readonly #authors: AuthorLookup;
  readonly #stock: StockWriter;
  /** State of each document as this push sees it: what is stored, then what it has itself written. */
  #current = new Map<string, StoredDocument>();
  #edits = new Map<string, { id: string; ver: number }>();
  readonly #writes: StoredDocument[] = [];
  /** Ids of what was sent again. */
  readonly #known: string[] = [];
  /** Prices of the products that are sold, as they are now. */
  readonly #prices = new Map<string, number>();
  /** Of the products that this push brings. */
  readonly #newPrices = new Map<string, number>();

  constructor(
    private readonly options: PushOptions<N>,
    private readonly scope: StoreScope,
    private readonly profile: StoreProfile,
  ) {
    const { sender, ports } = options;
    this.#authors = authorLookup(scope, sender);
    this.#stock = new StockWriter({ scope, terminalId: sender.terminalId, ids: ports.ids });
  }

  async run(): Promise<PushReply> {
    const { collection, request, sender } = this.options;
    const rows: ParsedRow<N>[] = [];
    for (const raw of request.rows) {
      const parsed = parseRow(collection, raw);
      if (parsed.ok) rows.push(parsed.row);
      else this.#reject(parsed.id, parsed.refusal);
    }
    if (!isWrittenByTerminals(collection)) {
      for (const { document } of rows) this.#reject(document.id, refusal('READ_ONLY_COLLECTION'));
    } else {
      await this.#load(rows);
      for (const row of rows) await this.#apply(row);
      for (const found of await judgeAwaited(this.scope.journal, this.#newPrices)) {
        await this.#audit('priceDiffers', found);
      }
      await this.scope.documents.write(collection, this.#writes);
      await this.scope.documents.revive(collection, this.#known);
      await this.#stock.write();
    }
    if (this.#reply.rejected.length > 0) {
      await this.#audit('pushRejected', {
        collection,
        terminalId: sender.terminalId,
        rejected: this.#reply.rejected.slice(0, 50),
      });
    }
    if (this.options.rescue !== undefined) await this.#auditRescue(this.options.rescue);
    if (this.#reply.conflicts.length > 0) {
      await this.#audit('pushConflicts', {
        collection,
        ids: this.#reply.conflicts.slice(0, 50).map(({ id }) => id),
      });
    }
    return this.#reply;
  }

  async #load(rows: readonly ParsedRow<N>[]): Promise<void> {
    const { collection } = this.options;
    const documents = rows.map(({ document }) => document);
    this.#current = await this.scope.documents.find(collection, [
      ...new Set(documents.map(({ id }) => id)),
    ]);
    if (!COLLECTIONS[collection].immutable) {
      this.#edits = await this.scope.documents.findEdits(
        collection,
        documents.map(({ edit }) => edit),
      );
    }
    const productIds = [...new Set(documents.flatMap(productIdsOf))];
    await this.#stock.preload(productIds);
    if (collection !== 'invoices') return;
    const products = await this.scope.documents.find('products', productIds);
    for (const [id, { json }] of products) this.#prices.set(id, priceOf(json));
  }

  async #apply(row: ParsedRow<N>): Promise<void> {
    const { collection, sender } = this.options;
    const { document, assumed } = row;
    const stored = this.#current.get(document.id);
    const current =
      stored === undefined
        ? null
        : (upgradeDocument(collection, JSON.parse(stored.json)) as Record<string, unknown>);
    const foreign = checkTerminal(sender, document, current);
    if (foreign !== null) return this.#reject(document.id, foreign);
    /* Before the rules: what was accepted once stays so, even when its author may no longer do it (F3). */
    if (stored !== undefined && current !== null && this.#isKnown(document, stored, current))
      return;

    const { immutable } = COLLECTIONS[collection];
    /*
     * By version too: a correction of a refused edit builds on a state that we never had, over a version that we have.
     * Within one epoch a version is one state, and a push names its epoch.
     */
    const buildsOnCurrent =
      stored !== undefined &&
      assumed !== null &&
      (assumed.ver === stored.ver || assumed.edit === stored.edit);
    const checked = isInvoice(collection, document)
      ? await checkApprovals(this.scope, document)
      : null;
    if (checked?.ok === false) return this.#reject(document.id, checked.refusal);
    const approvals = checked?.approvals ?? [];
    const about: AboutRow = {
      approved: new Set(approvals.map(({ permission }) => permission)),
      authors: this.#authors,
      profile: this.profile,
      sender,
      isStored: stored !== undefined,
      before: buildsOnCurrent && !immutable ? current : null,
      operation: stored === undefined || immutable ? 'create' : 'update',
    };
    const refused = await checkNewState(collection, document, about);
    if (refused !== null) return this.#reject(document.id, refused);
    if (current !== null && immutable) {
      return this.#reject(document.id, refusal('DOCUMENT_IMMUTABLE'));
    }
    if (current !== null && !buildsOnCurrent) {
      this.#reply.conflicts.push(current);
      return;
    }
    if (!(await this.#accept(document, (stored?.ver ?? 0) + 1))) return;
    if (stored === undefined && 'price' in document)
      this.#newPrices.set(document.id, document.price);
    const { awaitProducts: awaits } = this.scope.journal;
    const parts = { about, approvals, prices: this.#prices, audit: this.#audit, awaits };
    await noteRow({ collection, document }, parts);
  }

  /** Answers a row that an earlier push, or an earlier row, brought already; false where it is news. */
  #isKnown(
    document: Documents[N],
    stored: StoredDocument,
    current: Record<string, unknown>,
  ): boolean {
    const known = COLLECTIONS[this.options.collection].immutable
      ? sameContent(current, document)
      : this.#edits.get(document.edit)?.id === document.id;
    if (!known) return false;
    this.#known.push(document.id);
    /* A version is only ever acknowledged to a terminal that has its content: the server's flags count too. */
    if (stored.edit !== document.edit) this.#reply.superseded.push(current);
    else this.#reply.accepted.push({ id: document.id, ver: stored.ver });
    return true;
  }

  /** False: the row is rejected after all. */
  async #accept(document: Documents[N], ver: number): Promise<boolean> {
    const { collection } = this.options;
    const effects = effectsOf(collection, document);
    if (effects !== null) {
      const tooMuch = await this.#stock.refusalOf(effects);
      if (tooMuch !== null) {
        this.#reject(document.id, tooMuch);
        return false;
      }
    }
    const state = { ...document, ver, pending: 0 };
    this.#put(state);
    this.#reply.accepted.push({ id: document.id, ver });
    this.#edits.set(document.edit, { id: document.id, ver });
    if (effects === null) return true;
    const oversold = await this.#stock.add(effects);
    if (oversold.length > 0) {
      await this.#audit('oversold', { sourceId: document.id, productIds: oversold });
    }
    if (!isInvoice(collection, state)) return true;
    if (state.chain.signature !== '') await this.#noteSigned(state.serial);
    await this.#flag(state, oversold.length > 0);
    return true;
  }

  /** From now on an unsigned one with a higher serial is refused, in this very push too. */
  async #noteSigned(serial: number): Promise<void> {
    const { sender } = this.options;
    if (sender.signedFrom > 0 && sender.signedFrom <= serial) return;
    sender.signedFrom = serial;
    await this.scope.auth.noteSigned(sender.terminalId, serial);
  }

  /**
   * What the server notices about an invoice is a write of its own, with the next version: the terminal that issued it
   * was told of the first one, and receives the flags by its next pull.
   */
  async #flag(invoice: Documents['invoices'], isOversold: boolean): Promise<void> {
    const flags: Documents['invoices']['flags'] = [];
    const { id, consecutive } = invoice;
    const twins = await this.scope.ledger.addConsecutive(consecutive, id);
    if (twins.length > 0) {
      flags.push('DUPLICATE_CONSECUTIVE');
      await this.#audit('duplicateConsecutive', { consecutive, invoices: [...twins, id] });
    }
    const link = { terminalId: invoice.terminalId, prev: invoice.chain.prev };
    const rivals = await this.scope.ledger.addLink({ ...link, invoiceId: id });
    if (rivals.length > 0) {
      await this.#audit('chainBroken', { prev: link.prev, invoices: [...rivals, id] });
      /* Of a number that was given twice everybody hears already: the fork of the chain comes with it. */
      if (twins.length === 0) flags.push('CHAIN_BROKEN');
    }
    const author = await this.#authors(invoice.userId);
    if (author !== null && !author.active) flags.push('USER_INACTIVE');
    if (author?.trusted === false) {
      await this.#audit('authorUnproven', { invoiceId: id, userId: invoice.userId });
    }
    if (isOversold) flags.push('OVERSOLD');
    if (flags.length === 0) return;
    this.#put({ ...invoice, ver: invoice.ver + 1, edit: this.options.ports.ids.newId(), flags });
  }

  #put(state: AnyDocument): void {
    const { id, ver, edit } = state;
    const stored = { id, ver, edit, json: JSON.stringify(state) };
    this.#current.set(id, stored);
    this.#writes.push(stored);
  }

  #reject(id: string, { code, message }: Refusal): void {
    this.#reply.rejected.push({ id, code, message });
  }

  /** Who brought what in, in the same transaction: the exception to S12 leaves no row without its entry. */
  #auditRescue({ isProven, ...file }: NonNullable<PushOptions<N>['rescue']>): Promise<string> {
    const { collection, sender } = this.options;
    const { accepted, superseded, conflicts, rejected } = this.#reply;
    return this.#audit('rescueImported', {
      ...file,
      /* Either way it is said: the one shows whose it is, for the other only the person who brought it in answers. */
      ...(isProven ? { proven: true } : { unproven: true }),
      collection,
      terminalId: sender.terminalId,
      accepted: accepted.length,
      superseded: superseded.length,
      conflicts: conflicts.length,
      rejected: rejected.length,
    });
  }

  readonly #audit: WriteAudit = (action, details, actor = this.options.sender.userId) => {
    const { ports, sender } = this.options;
    const { terminalId } = sender;
    return writeAudit(this.scope, ports, { actor, action, terminalId, details });
  };
}
