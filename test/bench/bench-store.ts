import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { makeCode } from '../../server/auth/enrolment';
import type { ServerContext } from '../../server/context';
import { listen } from '../../server/listen';
import { addNewStore } from '../../server/new-store';
import { openContext } from '../../server/open-context';
import { machinePorts } from '../../server/ports';
import { benchProducts, OWNER } from './bench-products';

/** Opening stock of every product that has any, in thousandths: more than the bench sells. */
const OPENING = 1_000_000_000;

const toStored = (document: { id: string; ver: number; edit: string }) => ({
  id: document.id,
  ver: document.ver,
  edit: document.edit,
  json: JSON.stringify(document),
});

export interface BenchServer {
  url: string;
  context: ServerContext;
  storeId: string;
  newCode(): Promise<string>;
  close(): Promise<void>;
}

/** The real server on a free port of loopback, over SQLite in a temporary folder, with one generated store. */
export async function benchServer(options: {
  products: number;
  clientDir: string;
}): Promise<BenchServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-bench-'));
  const context = await openContext({
    dataDir,
    clientDir: options.clientDir,
    ports: machinePorts,
    log: pino({ level: 'fatal' }),
  });
  const storeId = await addNewStore(context, {
    profile: {
      name: 'Bench',
      legalName: 'Generated',
      issuerId: '3101999998',
      address: '',
      phone: '',
      email: '',
      branch: '001',
      currency: 'CRC',
      fiscalDeadlineHours: 72,
      maxDiscount: 1000,
      timeZone: 'America/Costa_Rica',
    },
    owner: OWNER,
  });
  const products = benchProducts(options.products);
  const stocked = products.filter((product) => product.stocked);
  await context.store.transaction(storeId, async (scope) => {
    await scope.documents.write('products', products.map(toStored));
    await scope.ledger.addMoves(
      stocked.map(({ id }) => ({
        sourceId: id,
        source: 'opening',
        productId: id,
        quantity: OPENING,
      })),
    );
    const stock = stocked.map(({ id, edit }) => ({
      id,
      ver: 1,
      edit,
      pending: 0,
      onHand: OPENING,
      seen: [],
    }));
    await scope.documents.write('stock', stock.map(toStored));
  });
  const running = await listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  return {
    url: `http://127.0.0.1:${running.port}`,
    context,
    storeId,
    newCode: async () => (await makeCode(context, { storeId, actor: 'bench' })).code,
    async close() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
