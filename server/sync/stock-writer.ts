import { type Stock, stockSchema } from '../../schemas/stock';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import type { Ids } from '../../shared/ports/ids';
import type { StockEffect } from '../../shared/stock/line-effects';
import { addSerial } from '../../shared/stock/serial-ranges';
import type { StoredDocument, StoreScope } from '../store/port';
import type { Refusal } from './check-invoice';

/** As `schemas/stock` bounds a terminal's ranges; one more, and no terminal could read the stock document any longer. */
const RANGES_MAX = 10_000;

/** A document that moves stock: which one, where in its terminal's count, and by how much. */
export interface StockSource {
  id: string;
  source: 'invoices' | 'movements';
  serial: number;
  effects: readonly StockEffect[];
}

interface Move {
  sourceId: string;
  source: StockSource['source'] | 'opening';
  productId: string;
  quantity: number;
}

/** What was there of a product before anything moved it: of no terminal, and in no count of serials. */
export interface OpeningStock {
  id: string;
  productId: string;
  quantity: number;
}

/**
 * Collects the stock effects of one push, or of one import, and writes them at its end, in the same transaction: the
 * ledger's rows, the terminal's serials, and each touched product's stock once, however many lines moved it.
 */
export class StockWriter {
  readonly #scope: StoreScope;
  readonly #terminalId: string | null;
  readonly #ids: Ids;
  #ranges: readonly number[] | null = null;
  #serialsChanged = false;
  readonly #stock = new Map<string, Stock>();
  readonly #moves: Move[] = [];
  readonly #moved = new Set<string>();

  /** `terminalId`: whose documents they are; null for openings, which are no terminal's. */
  constructor(options: { scope: StoreScope; terminalId: string | null; ids: Ids }) {
    this.#scope = options.scope;
    this.#terminalId = options.terminalId;
    this.#ids = options.ids;
  }

  /**
   * Why a document cannot be taken in, or null. Going below zero is no reason (F26); leaving the safe integers, or more
   * gaps among the serials than a stock document holds, is: what was stored then could never be read again.
   */
  async refusalOf({ serial, effects }: StockSource): Promise<Refusal | null> {
    if (addSerial(await this.#serials(), serial).length > RANGES_MAX) {
      return { code: 'INVALID_DOCUMENT', message: '/serial: too far from the others' };
    }
    for (const { productId, quantity } of effects) {
      const { onHand } = await this.#find(productId);
      if (!Number.isSafeInteger(onHand + quantity)) {
        return { code: 'INVALID_DOCUMENT', message: '/quantity: takes the stock out of range' };
      }
    }
    return null;
  }

  /** Takes one document in; returns the products that it took below zero (F26). */
  async add({ id, source, serial, effects }: StockSource): Promise<string[]> {
    this.#ranges = addSerial(await this.#serials(), serial);
    this.#serialsChanged = true;
    const oversold: string[] = [];
    for (const { productId, quantity } of effects) {
      if (quantity === 0) continue;
      const stock = await this.#find(productId);
      const onHand = this.#move({ sourceId: id, source, productId, quantity }, stock);
      if (quantity < 0 && onHand < 0) oversold.push(productId);
    }
    return oversold;
  }

  /**
   * Takes an opening in, a quantity of 0 too: "none" is not "unknown". Where anything moved the product before, it would
   * count that twice: then nothing is taken, and the stock that is there is returned; else null.
   */
  async open({ id, productId, quantity }: OpeningStock): Promise<number | null> {
    const stock = await this.#find(productId);
    if (stock.ver > 0 || this.#moved.has(productId)) return stock.onHand;
    this.#move({ sourceId: id, source: 'opening', productId, quantity }, stock);
    return null;
  }

  /** Reads the stock of all products that the push will touch, at once. */
  async preload(productIds: readonly string[]): Promise<void> {
    const missing = [...new Set(productIds)].filter((id) => !this.#stock.has(id));
    const stored = await this.#scope.documents.find('stock', missing);
    for (const id of missing) this.#stock.set(id, parseStock(id, stored.get(id)));
  }

  async write(): Promise<void> {
    const ranges = this.#ranges;
    if (this.#terminalId !== null && this.#serialsChanged && ranges !== null) {
      await this.#scope.ledger.setSerials(this.#terminalId, ranges);
    }
    if (this.#moves.length === 0) return;
    await this.#scope.ledger.addMoves(this.#moves);
    const documents: StoredDocument[] = [];
    for (const productId of this.#moved) {
      const stock = await this.#find(productId);
      const seen = this.#seenBy(stock);
      const next: Stock = { ...stock, ver: stock.ver + 1, edit: this.#ids.newId(), seen };
      documents.push({ id: productId, ver: next.ver, edit: next.edit, json: JSON.stringify(next) });
    }
    await this.#scope.documents.write('stock', documents);
  }

  /** Writes one row of the ledger down; returns the stock that it leads to. */
  #move(move: Move, stock: Stock): number {
    this.#moves.push(move);
    this.#moved.add(move.productId);
    const onHand = stock.onHand + move.quantity;
    this.#stock.set(move.productId, { ...stock, onHand });
    return onHand;
  }

  #seenBy(stock: Stock): Stock['seen'] {
    const terminalId = this.#terminalId;
    if (terminalId === null) return stock.seen;
    const others = stock.seen.filter((entry) => entry.terminalId !== terminalId);
    return [...others, { terminalId, ranges: [...(this.#ranges ?? [])] }];
  }

  async #serials(): Promise<readonly number[]> {
    this.#ranges ??=
      this.#terminalId === null ? [] : await this.#scope.ledger.serials(this.#terminalId);
    return this.#ranges;
  }

  async #find(productId: string): Promise<Stock> {
    const known = this.#stock.get(productId);
    if (known !== undefined) return known;
    await this.preload([productId]);
    return this.#stock.get(productId) ?? parseStock(productId, undefined);
  }
}

function parseStock(id: string, stored: StoredDocument | undefined): Stock {
  if (stored === undefined) return { id, ver: 0, edit: '', pending: 0, onHand: 0, seen: [] };
  const parsed = validate<Stock>(stockSchema, JSON.parse(stored.json));
  if (!parsed.ok) throw new AppError('INTERNAL', { stock: id, path: parsed.path });
  return parsed.value;
}
