import type { RxCollection } from 'rxdb';
import { filter, firstValueFrom } from 'rxjs';
import type { OpenDesk } from '../../../client/desk/create-desk';
import type { AnyDocument } from '../../../schemas/registry';
import { AppError } from '../../../shared/errors/app-error';
import { TAX_RATES } from '../../../shared/fiscal/tax-rates';
import { lineAmounts } from '../../../shared/money/line-amounts';
import { aNewClient } from '../../kit/a-client';
import { syncByMenu, throughLogin } from './click-sync';
import type { Operation, RunReport, WrittenDocument } from './operations';
import { performCall, putDocument, runEnded } from './perform-call';

/** Does what a person is asked to do, through the desk's own services; returns what it wrote. */
export async function perform(
  desk: OpenDesk,
  operation: Operation,
  runs: RunReport[],
): Promise<WrittenDocument[]> {
  switch (operation.op) {
    case 'enrol':
      await desk.session.enrol({ code: operation.code, name: operation.name });
      return [];
    case 'login':
      /* The login screen is behind the desk: whoever is still in logs out first. */
      if (desk.session.state$.getValue().kind === 'signedIn') await desk.session.logout();
      await desk.session.login(operation);
      await throughLogin(desk, runs);
      return [];
    case 'logout':
      await desk.session.logout();
      return [];
    case 'sync':
      await syncByMenu(desk, operation.unit, runs);
      return [];
    case 'sell':
      return [written('invoices', null, await sell(desk, operation))];
    case 'creditNote': {
      const invoice = await desk.invoices.find(operation.invoiceId);
      if (invoice === null) throw new AppError('NOT_FOUND');
      const note = await desk.sales.creditNote(invoice, { reason: 'Devolución' });
      return [written('invoices', null, note)];
    }
    case 'createClient':
      return [
        written('clients', null, await desk.clients.create(aNewClient({ name: operation.name }))),
      ];
    case 'createProduct':
      return [
        written(
          'products',
          null,
          await desk.products.create({
            code: operation.code,
            description: `Producto ${operation.code}`,
            price: operation.price,
            barcode: '',
            cabys: '',
            unit: 'Unid',
            taxCode: 'iva13',
            stocked: true,
            notes: '',
            active: true,
          }),
        ),
      ];
    case 'editClient':
    case 'editProduct': {
      const collection = operation.op === 'editClient' ? 'clients' : 'products';
      const before = await desk.db[collection].findOne(operation.id).exec();
      if (before === null) throw new AppError('NOT_FOUND');
      const seen = before.toMutableJSON();
      const service = collection === 'clients' ? desk.clients : desk.products;
      return [written(collection, seen, await service.edit(operation.id, operation.change))];
    }
    case 'adjust': {
      const { productId, quantity, reason } = operation;
      const known = new Set((await desk.db.movements.find().exec()).map(({ id }) => id));
      await desk.stock.adjust({ productId, quantity, reason, kind: 'adjustment' });
      const now = await desk.db.movements.find().exec();
      return now
        .filter(({ id }) => !known.has(id))
        .map((movement) => written('movements', null, movement.toMutableJSON()));
    }
    case 'openShift':
      return [
        written('shifts', null, await desk.shifts.open({ openingCash: operation.cash, notes: '' })),
      ];
    case 'closeShift':
      return [
        written(
          'shifts',
          null,
          await desk.shifts.close({ countedCash: operation.cash, notes: '' }),
        ),
      ];
    case 'spoil': {
      const { collection, id, change } = operation;
      const found = await (desk.db[collection] as RxCollection<AnyDocument>).findOne(id).exec();
      if (found === null) throw new AppError('NOT_FOUND');
      await found.incrementalPatch({ ...change, edit: desk.ids.newId(), pending: 1 });
      return [];
    }
    case 'applyMine':
    case 'keepTheirs':
      return decide(desk, operation.op);
    case 'sendAgain': {
      const refused = await desk.db.rejected.find().exec();
      const first = refused.map(({ id }) => id).sort()[0];
      if (first === undefined) throw new AppError('NOT_FOUND');
      await desk.attention.sendAgain(first);
      return [];
    }
    case 'exportCase':
      return [];
    case 'call':
      return performCall(desk, operation.call, operation.secret);
    case 'awaitRun':
      runs.push(await runEnded(desk));
      return [];
    case 'put':
      await putDocument(desk, operation.collection, operation.document);
      return [];
  }
}

const written = (collection: string, before: object | null, after: object): WrittenDocument => ({
  collection,
  before: before as Record<string, unknown> | null,
  after: after as Record<string, unknown>,
});

/** Decides the first open conflict, by id. */
async function decide(desk: OpenDesk, op: 'applyMine' | 'keepTheirs'): Promise<WrittenDocument[]> {
  const open = await desk.db.conflicts.find({ selector: { status: 'open' } }).exec();
  const first = open
    .map((record) => record.toMutableJSON())
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  if (first === undefined) throw new AppError('NOT_FOUND');
  if (op === 'keepTheirs') {
    await desk.attention.keepTheirs(first.id);
    return [];
  }
  const name = first.collectionName === 'clients' ? 'clients' : 'products';
  const read = async () => (await desk.db[name].findOne(first.documentId).exec())?.toMutableJSON();
  const before = await read();
  await desk.attention.applyMine(first.id);
  const after = await read();
  return after === undefined ? [] : [written(name, before ?? null, after)];
}

/** The sale screen does not let anybody sell before each collection was complete once (F18). */
export class SaleBlocked extends Error {}

async function sell(desk: OpenDesk, { lines, clientId }: Extract<Operation, { op: 'sell' }>) {
  const status = await firstValueFrom(
    desk.status.status$.pipe(filter(({ incomplete }) => incomplete !== null)),
  );
  if (status.incomplete?.length !== 0) throw new SaleBlocked();
  const sold = [];
  let total = 0;
  for (const { productId, quantity } of lines) {
    const found = await desk.db.products.findOne(productId).exec();
    if (found === null) throw new AppError('NOT_FOUND');
    const product = found.toMutableJSON();
    const line = { quantity, unitPrice: product.price, discountRate: 0 };
    total += lineAmounts({ ...line, taxRate: TAX_RATES[product.taxCode] }).total;
    sold.push({ product, ...line });
  }
  return desk.sales.issue({
    type: clientId === '' ? '04' : '01',
    clientId,
    lines: sold,
    payments: [{ method: 'cash', amount: total, reference: '' }],
    tendered: total,
    notes: '',
  });
}
