import { combineLatest, type Observable, Subject, startWith, switchMap } from 'rxjs';
import type { Invoice } from '../../schemas/invoices';
import type { Movement } from '../../schemas/movements';
import { businessDateOf } from '../../shared/fiscal/business-date';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import { stockEffects } from '../../shared/stock/line-effects';
import { type OwnEffect, shownStock } from '../../shared/stock/shown-stock';
import type { DeskDatabase } from '../db/database';
import type { StockService } from '../services/stock-service';
import { authorWho, type CurrentAuthor } from './author';
import type { Locks } from './locks';
import { ISSUE_LOCK, lastInvoice, nextSerial } from './own-numbers';
import { insertDocument } from './write-document';

export interface StockOptions {
  db: DeskDatabase;
  clock: Clock;
  ids: Ids;
  locks: Locks;
  author: CurrentAuthor;
  /** Id of this terminal, or null before it is enrolled. */
  terminalId: () => string | null;
}

/** Effects of this terminal's own documents, product by product: serial -> thousandths. */
class OwnEffects {
  readonly #byProduct = new Map<string, Map<number, number>>();

  add(serial: number, effects: readonly { productId: string; quantity: number }[]): void {
    for (const { productId, quantity } of effects) {
      const serials = this.#byProduct.get(productId) ?? new Map<number, number>();
      serials.set(serial, quantity);
      this.#byProduct.set(productId, serials);
    }
  }

  of(productId: string): OwnEffect[] {
    return [...(this.#byProduct.get(productId) ?? [])].map(([serial, quantity]) => ({
      serial,
      quantity,
    }));
  }
}

export function createStockService(options: StockOptions): StockService & { close(): void } {
  const { db, clock, ids, locks, author } = options;
  const own = new OwnEffects();
  const changed$ = new Subject<void>();

  const takeInvoice = (invoice: Invoice): void => {
    if (invoice.terminalId === options.terminalId()) own.add(invoice.serial, stockEffects(invoice));
  };
  const takeMovement = ({ terminalId, serial, productId, quantity }: Movement): void => {
    if (terminalId === options.terminalId()) own.add(serial, [{ productId, quantity }]);
  };
  /* Documents are immutable, so taking one in twice, once read and once by its event, changes nothing. */
  const subscriptions = [
    db.invoices.eventBulks$.subscribe((bulk) => {
      for (const event of bulk.events) takeInvoice(event.documentData as Invoice);
      changed$.next();
    }),
    db.movements.eventBulks$.subscribe((bulk) => {
      for (const event of bulk.events) takeMovement(event.documentData as Movement);
      changed$.next();
    }),
  ];
  let loaded: Promise<void> | null = null;
  const load = async (): Promise<void> => {
    const terminalId = options.terminalId();
    if (terminalId === null) return;
    loaded ??= (async () => {
      const selector = { terminalId };
      for (const invoice of await db.invoices.find({ selector }).exec()) {
        takeInvoice(invoice.toMutableJSON());
      }
      for (const movement of await db.movements.find({ selector }).exec()) {
        takeMovement(movement.toMutableJSON());
      }
    })();
    return loaded;
  };

  const shownOf = async (
    productIds: readonly string[],
  ): Promise<ReadonlyMap<string, number | null>> => {
    await load();
    const stored = await db.stock.findByIds([...productIds]).exec();
    const terminalId = options.terminalId() ?? '';
    return new Map(
      productIds.map((id) => {
        const stock = stored.get(id)?.toMutableJSON() ?? null;
        const effects = own.of(id);
        /* Neither the server nor this terminal ever moved it: nobody knows how many there are. */
        if (stock === null && effects.length === 0) return [id, null];
        return [id, shownStock(stock, effects, terminalId)];
      }),
    );
  };

  return {
    shownOf,
    shown$: (productId): Observable<number | null> =>
      combineLatest([db.stock.findOne(productId).$, changed$.pipe(startWith(undefined))]).pipe(
        switchMap(async () => (await shownOf([productId])).get(productId) ?? null),
      ),
    async adjust({ productId, kind, quantity, reason }) {
      const { user, store, terminal } = authorWho(author, 'adjustStock');
      await locks.run(ISSUE_LOCK, async () => {
        const now = clock.now();
        await insertDocument(
          { db, ids, collection: 'movements' },
          {
            id: ids.newId(),
            productId,
            kind,
            quantity,
            reason,
            terminalId: terminal.id,
            serial: await nextSerial(db, terminal.id, await lastInvoice(db, terminal.id)),
            userId: user.id,
            at: instant(now),
            businessDate: businessDateOf(now, store.timeZone),
          },
        );
      });
    },
    close: () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}
