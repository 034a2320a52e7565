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
  await context.store.transaction(storeId, (scope) =>
    scope.documents.write(
      'products',
      benchProducts(options.products).map((product) => ({
        id: product.id,
        ver: product.ver,
        edit: product.edit,
        json: JSON.stringify(product),
      })),
    ),
  );
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
