import { type ApiTerminal, apiTerminal, passwordOf } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

let server: TestServer;
let owner: ApiTerminal;
let supervisor: ApiTerminal;
/** Awaited when a password has been found right, and nothing is written yet. */
let onRight: (() => Promise<void>) | null = null;

beforeAll(async () => {
  server = await startServer();
  owner = await apiTerminal(server, 'duena');
  supervisor = await apiTerminal(server, 'supervisora');
  const { store } = server.context;
  const transaction = store.transaction.bind(store);
  store.transaction = async (storeId, work) => {
    const waits = onRight;
    onRight = null;
    await waits?.();
    return transaction(storeId, work);
  };
});
afterAll(() => server.close());

test.each([
  ['resets the password', 'POST', '/password', { password: 'otra-del-todo' }],
  ['allows other terminals only', 'PATCH', '', { terminals: 'owner' }],
  ['deactivates the user', 'PATCH', '', { active: false }],
])(
  'P101 the owner %s while a login is under way: it opens no session',
  async (_what, method, path, change) => {
    const { id } = supervisor.session.user;
    const terminals = [owner.session.terminal.id];
    const body = 'terminals' in change ? { terminals } : change;
    const { journal } = server.context.store.scope(server.storeId);
    const failures = (await journal.audits('loginFailed')).length;
    const password = path === '' ? 'otra-del-todo' : passwordOf('supervisora');
    onRight = async () => {
      expect((await owner.request(method, `/api/users/${id}${path}`, body)).status).toBe(200);
    };
    const reply = await supervisor.request('POST', '/api/session', {
      userName: 'supervisora',
      password,
    });
    expect([reply.status, reply.body]).toEqual([
      401,
      expect.objectContaining({ code: 'LOGIN_FAILED' }),
    ]);
    expect((await supervisor.request('GET', '/api/session')).status).toBe(401);
    expect((await journal.audits('loginFailed')).length).toBe(failures + 1);
    if ('terminals' in change) await owner.request('PATCH', `/api/users/${id}`, { terminals: [] });
  },
);
