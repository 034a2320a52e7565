import { applyImport } from '../../server/import/apply-import';
import type { Store, StoreScope } from '../../server/store/port';
import { readImport } from '../../shared/import/read-import';
import { startServer, type TestServer } from '../kit/start-server';

const SALES = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '536365,85123A,HEART,6,2010-12-02 08:26:00,2.55,17850.0,United Kingdom',
  '536366,71053,LANTERN,6,2010-12-02 08:26:00,3.39,13047.0,France',
].join('\n');
const PRODUCTS = 'codigo,descripcion,precio,existencia\nZ1,Uno,1,5\nZ2,Dos,2,6\n';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** A store whose work fails at one of its steps, as a full disk would. */
function failing(store: Store, step: 'clients' | 'stock' | 'audit'): Store {
  const breakDown = () => Promise.reject(new Error('disk full'));
  const brittle = (scope: StoreScope): StoreScope => ({
    ...scope,
    documents: {
      ...scope.documents,
      write: (collection, documents) =>
        collection === step ? breakDown() : scope.documents.write(collection, documents),
    },
    journal: { ...scope.journal, audit: step === 'audit' ? breakDown : scope.journal.audit },
  });
  return {
    ...store,
    transaction: (storeId, work) => store.transaction(storeId, (scope) => work(brittle(scope))),
  };
}

test.each([
  ['clients', SALES],
  ['stock', PRODUCTS],
  ['audit', PRODUCTS],
] as const)('F5 an import that fails at its %s leaves nothing behind', async (step, text) => {
  const { store, ports } = server.context;
  const scope = store.scope(server.storeId);
  const before = JSON.stringify(await scope.documents.status());
  const options = {
    storeId: server.storeId,
    userId: '',
    fileName: 'x.csv',
    reading: readImport(text),
    dryRun: false,
  };
  await expect(applyImport({ store: failing(store, step), ports }, options)).rejects.toThrow(
    'disk full',
  );
  expect(JSON.stringify(await scope.documents.status())).toBe(before);
  expect(await scope.journal.audits('dataImported')).toEqual([]);
});

test('the sales file makes products and clients, and again nothing; a later price is taken', async () => {
  const run = (text: string) =>
    applyImport(server.context, {
      storeId: server.storeId,
      userId: '',
      fileName: 'ventas.csv',
      reading: readImport(text),
      dryRun: false,
    });
  const counts = (created: number, edited: number, unchanged: number) => ({
    created,
    edited,
    unchanged,
  });
  expect(await run(SALES)).toMatchObject({
    products: counts(2, 0, 0),
    clients: counts(2, 0, 0),
    refused: [],
  });
  expect(await run(SALES)).toMatchObject({ products: counts(0, 0, 2), clients: counts(0, 0, 2) });
  const later = `${SALES}\n536367,85123a,HEART,1,2010-12-03 08:26:00,2.95,,France`;
  expect(await run(later)).toMatchObject({ products: counts(0, 1, 1), clients: counts(0, 0, 2) });
});
