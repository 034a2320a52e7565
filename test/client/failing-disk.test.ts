import type { AnyStorage } from '../../client/db/storage/desk-storage';
import { createSyncService, type SyncServiceOptions } from '../../client/sync/create-sync-service';
import { sessionFlowStore } from '../../client/sync/flow-store';
import { passwordOf } from '../kit/api';
import { loginAndSync, openTerminal } from '../kit/open-terminal';
import { sell } from '../kit/sell';
import { startServer, type TestServer } from '../kit/start-server';

/* Jest fails a test in which something is rejected and nobody hears of it: that is what most of these look for. */
jest.setTimeout(60_000);

const CASHIER = { userName: 'cajero1', password: passwordOf('cajero1') };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const aLittleLater = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));

/** A disk of which these collections can be neither read nor written, while it fails. */
function failingDisk(collections: readonly string[]) {
  const disk = { isFailing: false };
  const storage = (documents: AnyStorage): AnyStorage => ({
    ...documents,
    async createStorageInstance(params) {
      const instance = await documents.createStorageInstance(params);
      if (!collections.includes(params.collectionName)) return instance;
      for (const name of ['bulkWrite', 'query', 'findDocumentsById'] as const) {
        const original = instance[name].bind(instance) as (...of: unknown[]) => Promise<never>;
        const failing = (...of: unknown[]): Promise<never> =>
          disk.isFailing ? Promise.reject(new Error('QuotaExceededError')) : original(...of);
        Object.assign(instance, { [name]: failing });
      }
      return instance;
    },
  });
  return { disk, storage };
}

test('F15 a browser that refuses to be asked, and marks that cannot be read: unknown, and no error without words', async () => {
  const { disk, storage } = failingDisk(['settings']);
  const terminal = await openTerminal({
    url: server.url,
    disk: storage,
    persist: () => Promise.reject(new Error('not allowed')),
  });
  const { desk } = terminal;
  await desk.db.settings.insert({ id: 'a', value: 1 });
  expect(desk.status.status$.getValue().persistent).toBe(null);
  disk.isFailing = true;
  await expect(desk.db.settings.insert({ id: 'b', value: 1 })).rejects.toThrow();
  disk.isFailing = false;
  await aLittleLater();
  await terminal.close();
});

test('F15 whoever logs out over a full disk is logged out, at the server too; what is pending stays', async () => {
  const { disk, storage } = failingDisk(['settings', 'runs']);
  const terminal = await openTerminal({ url: server.url, disk: storage });
  const { desk } = terminal;
  await desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  await loginAndSync(terminal, CASHIER);
  await sell(terminal, 0);
  disk.isFailing = true;
  desk.sync.send({ type: 'askLogout', pending: 1 });
  desk.sync.send({ type: 'logoutAnyway' });
  for (let n = 0; n < 100 && desk.session.state$.getValue().kind !== 'signedOut'; n++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(desk.session.state$.getValue().kind).toBe('signedOut');
  disk.isFailing = false;
  expect(await desk.db.invoices.count({ selector: { pending: 1 } }).exec()).toBe(1);
  const { journal } = server.context.store.scope(server.storeId);
  expect(await journal.audits('logout')).toHaveLength(1);
  await aLittleLater();
  await terminal.close();
});

test('a tab whose session storage is full does what its flow asks all the same', async () => {
  const full = {
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  } as unknown as Storage;
  const flows = sessionFlowStore(full);
  const logouts: string[] = [];
  const service = createSyncService({
    flows,
    logout: () => {
      logouts.push('out');
      return Promise.reject(new Error('a disk that fails'));
    },
  } as unknown as SyncServiceOptions);
  service.send({ type: 'askLogout', pending: 1 });
  service.send({ type: 'logoutAnyway' });
  expect(logouts).toEqual(['out']);
  await aLittleLater();
});
