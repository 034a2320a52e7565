import { BehaviorSubject, combineLatest, type Observable } from 'rxjs';
import type { Shift } from '../../schemas/shifts';
import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { Ids } from '../../shared/ports/ids';
import type { DeskDatabase } from '../db/database';
import type { ShiftsService } from '../services/shifts-service';
import { authorWho, type CurrentAuthor } from './author';
import { editDocument, insertDocument } from './write-document';

export function createShiftsService(options: {
  db: DeskDatabase;
  clock: Clock;
  ids: Ids;
  author: CurrentAuthor;
  terminalId: () => string | null;
  /** Emits when it becomes known which terminal this is: before that, no shift is anybody's. */
  session$: Observable<unknown>;
}): { service: ShiftsService; stop: () => void } {
  const { db, clock, ids, author } = options;
  const target = { db, ids, collection: 'shifts' } as const;
  const open$ = new BehaviorSubject<Shift | null | undefined>(undefined);
  const stored$ = db.shifts.find({ selector: { status: 'open' } }).$;
  const subscription = combineLatest([stored$, options.session$]).subscribe(([shifts]) => {
    const terminalId = options.terminalId();
    if (terminalId === null) return;
    const mine = shifts.find((shift) => shift.terminalId === terminalId);
    open$.next(mine?.toMutableJSON() ?? null);
  });

  const requireOpen = (): Shift => {
    const shift = open$.getValue();
    if (shift === null || shift === undefined) throw new AppError('NOT_FOUND', { shift: 'open' });
    return shift;
  };
  const expectedCash = async (): Promise<number> => {
    const shift = requireOpen();
    const invoices = await db.invoices
      .find({ selector: { issuedAt: { $gte: shift.openedAt } }, index: ['issuedAt'] })
      .exec();
    let cash = shift.openingCash;
    for (const invoice of invoices) {
      if (invoice.shiftId !== shift.id) continue;
      const sign = invoice.type === '03' ? -1 : 1;
      for (const { method, amount } of invoice.payments)
        if (method === 'cash') cash += sign * amount;
    }
    return cash;
  };

  const service: ShiftsService = {
    open$,
    expectedCash,
    async open({ openingCash, notes }) {
      const { user, terminal } = authorWho(author, 'sell');
      const current = open$.getValue();
      if (current !== null && current !== undefined) return current;
      return insertDocument(target, {
        id: ids.newId(),
        terminalId: terminal.id,
        userId: user.id,
        userName: user.displayName,
        status: 'open',
        openedAt: instant(clock.now()),
        openingCash,
        closedAt: '',
        expectedCash: 0,
        countedCash: 0,
        difference: 0,
        notes,
      });
    },
    async close({ countedCash, notes }) {
      authorWho(author, 'sell');
      const expected = await expectedCash();
      return editDocument(target, requireOpen().id, (current) => ({
        ...current,
        status: 'closed',
        closedAt: instant(clock.now()),
        expectedCash: expected,
        countedCash,
        difference: countedCash - expected,
        notes,
      }));
    },
  };
  return { service, stop: () => subscription.unsubscribe() };
}
