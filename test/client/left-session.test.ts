import { databaseSettings } from '../../client/db/settings';
import { startReports } from '../../client/report/start-reports';
import { passwordOf } from '../kit/api';
import {
  loginAndSync,
  openTerminal,
  settled,
  syncAll,
  type TestTerminal,
} from '../kit/open-terminal';
import { startServer, type TestServer } from '../kit/start-server';

const credentials = (userName: string) => ({ userName, password: passwordOf(userName) });
let server: TestServer;
let terminal: TestTerminal;
/** Method and path of what was sent since the line came back. */
let sent: string[];

const offline = (): void => {
  terminal.network.intercept = () => Promise.reject(new TypeError('offline'));
};
const online = (answer?: (request: string) => Response | undefined): void => {
  sent = [];
  terminal.network.intercept = (url, { method = 'GET' }) => {
    const request = `${method} ${new URL(url).pathname}`;
    sent.push(request);
    return Promise.resolve(answer?.(request));
  };
};

/** The supervisor leaves without a connection, and somebody logs in without one. */
async function leftAndTakenUpBy(userName: string): Promise<void> {
  await loginAndSync(terminal, credentials('supervisora'));
  offline();
  await terminal.desk.session.logout();
  await loginAndSync(terminal, credentials(userName));
  online();
}

const userIdOf = async (userName: string): Promise<string> =>
  (await terminal.desk.db.users.findOne({ selector: { userName } }).exec())?.id ?? '';

/** Besides the cashier who logged out in the beginning. */
const hasLoggedOut = async (): Promise<boolean> => {
  const { journal } = server.context.store.scope(server.storeId);
  return (await journal.audits('logout')).length === 2;
};
const phase = () => terminal.desk.sync.run$.getValue().phase;
const syncClients = async (): Promise<void> => {
  const { sync } = terminal.desk;
  sync.send({ type: 'askSingle', unit: 'clients' });
  sync.send({ type: 'accept' });
  await new Promise<void>((resolve) => {
    const subscription = sync.run$.subscribe(({ phase: now }) => {
      if (now !== 'needs-password' && now !== 'done' && now !== 'failed') return;
      resolve();
      queueMicrotask(() => subscription.unsubscribe());
    });
  });
};

beforeEach(async () => {
  server = await startServer();
  terminal = await openTerminal({ url: server.url });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja' });
  /* Each has logged in here before. */
  await loginAndSync(terminal, credentials('cajero1'));
  await terminal.desk.session.logout();
});
afterEach(async () => {
  await terminal.close();
  await server.close();
});

test('T86 the session of somebody who left without a connection is ended before anything else is sent, and who came then is asked for their password', async () => {
  await leftAndTakenUpBy('cajero1');
  await syncClients();
  expect(phase()).toBe('needs-password');
  expect(sent.slice(0, 2)).toEqual(['DELETE /api/session', 'GET /api/sync/clients']);
  expect(await hasLoggedOut()).toBe(true);
  await terminal.desk.sync.reauthenticate(passwordOf('cajero1'));
  await settled(terminal.desk);
  sent = [];
  await syncAll(terminal);
  expect(sent).not.toContain('DELETE /api/session');
  expect(phase()).toBe('done');
});

test('T86 who left and came back goes on with their session', async () => {
  await leftAndTakenUpBy('supervisora');
  await syncClients();
  expect([phase(), sent[0]]).toEqual(['done', 'GET /api/sync/clients']);
});

test('T86 whose session was left first counts, however many came and went without a connection', async () => {
  await loginAndSync(terminal, credentials('supervisora'));
  offline();
  await terminal.desk.session.logout();
  for (let times = 0; times < 2; times++) {
    await loginAndSync(terminal, credentials('cajero1'));
    if (times === 0) await terminal.desk.session.logout();
  }
  online();
  await syncClients();
  expect([phase(), sent[0]]).toEqual(['needs-password', 'DELETE /api/session']);
});

test('T86 nothing is sent under it while it cannot be ended; a portal’s page does not end it', async () => {
  await leftAndTakenUpBy('cajero1');
  online((request) =>
    request.startsWith('DELETE') ? new Response('<html>', { status: 401 }) : undefined,
  );
  await syncClients();
  expect([phase(), new Set(sent)]).toEqual(['failed', new Set(['DELETE /api/session'])]);
  expect(await hasLoggedOut()).toBe(false);
});

test('T86 the first contact ends it, before anybody syncs', async () => {
  await leftAndTakenUpBy('cajero1');
  await terminal.desk.status.checkConnection();
  expect([sent, await hasLoggedOut()]).toEqual([['GET /health/live', 'DELETE /api/session'], true]);
});

test('T86 what is ended late is not the session of whoever has logged in since', async () => {
  await leftAndTakenUpBy('cajero1');
  const { session } = terminal.desk;
  await session.logout();
  await loginAndSync(terminal, credentials('cajero1'));
  /* As between the answer to a login, whose cookie is there, and the moment at which the terminal takes note of it. */
  const notes = databaseSettings(terminal.desk.db);
  await notes.set('leftSession', await userIdOf('supervisora'));
  online();
  await terminal.desk.status.checkConnection();
  await syncClients();
  expect([phase(), sent.slice(0, 3)]).toEqual([
    'done',
    ['GET /health/live', 'DELETE /api/session', 'GET /api/sync/clients'],
  ]);
  expect(await notes.get('leftSession')).toBeNull();
});

test('T86 a cancelled sync does not wait for it, and no report goes out under it', async () => {
  await leftAndTakenUpBy('cajero1');
  const { sync } = terminal.desk;
  let asked: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  terminal.network.intercept = (_url, { signal }) =>
    new Promise((_, reject) => {
      asked();
      signal?.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')));
    });
  sync.send({ type: 'askSingle', unit: 'clients' });
  sync.send({ type: 'accept' });
  await isAsked;
  sync.cancel();
  await sync.idle();
  let reported = 0;
  const reports = startReports(terminal.desk, {
    fetch: () => {
      reported += 1;
      return Promise.reject(new TypeError('offline'));
    },
    baseUrl: server.url,
    clock: { now: () => Date.now() },
  });
  await reports.idle();
  reports.close();
  expect([phase(), reported]).toEqual(['cancelled', 0]);
});
