import type { ImportState } from '../../client/services/import-service';
import { passwordOf } from '../kit/api';
import { loginAndSync, openTerminal, settled, type TestTerminal } from '../kit/open-terminal';
import { startServer, type TestServer } from '../kit/start-server';

jest.setTimeout(60_000);

let server: TestServer;
let terminal: TestTerminal;

beforeAll(async () => {
  server = await startServer();
  terminal = await openTerminal({ url: server.url });
  await terminal.desk.session.enrol({ code: await server.newCode(), name: 'Caja 1' });
  await loginAndSync(terminal, { userName: 'duena', password: passwordOf('duena') });
});
afterAll(async () => {
  await terminal.close();
  await server.close();
});
beforeEach(() => {
  terminal.network.intercept = undefined;
  terminal.desk.imports.clear();
});

const file = (name: string, ...lines: string[]) => new File([lines.join('\n')], name);
const products = (code: string) =>
  file(`${code}.csv`, 'codigo,descripcion,precio,existencia', `${code},Nuevo,1,5`, 'X,Malo,0,');
const state = (): ImportState => terminal.desk.imports.state$.getValue();
const outcomes = () => state().files.map(({ outcome }) => outcome.kind);
const isImport = (url: string) => url.endsWith('/api/imports');

test('files are read here, sent one by one, and received by the next sync', async () => {
  const { imports, sync, db } = terminal.desk;
  const clients = file('c.csv', 'nombre', 'Importada');
  const phases: string[] = [];
  const watching = imports.state$.subscribe(({ phase }) => {
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  await imports.choose([products('S1'), clients, file('raro.csv', 'a,b', '1,2')]);
  expect(state().files.map(({ preview }) => preview?.ok)).toEqual([true, true, false]);
  await imports.send();
  watching.unsubscribe();
  expect(phases).toEqual(['idle', 'reading', 'idle', 'sending', 'idle']);
  expect(outcomes()).toEqual(['done', 'done', 'none']);
  expect(state().files[0]?.outcome).toMatchObject({
    reply: { products: { created: 1 }, openings: 1, refusedCount: 1 },
  });
  sync.send({ type: 'askSingle', unit: 'products' });
  sync.send({ type: 'accept' });
  await settled(terminal.desk);
  sync.send({ type: 'accept' });
  const received = await db.products.findOne({ selector: { code: 'S1' } }).exec();
  expect(received?.toMutableJSON()).toMatchObject({ description: 'Nuevo', pending: 0 });
  const stock = await terminal.desk.stock.shownOf([received?.id ?? '']);
  expect([...stock.values()]).toEqual([5000]);
});

test('F3 the answer is lost: the file failed with its reason, trying again changes nothing twice', async () => {
  const { imports } = terminal.desk;
  terminal.network.intercept = async (url, init) => {
    if (!isImport(url)) return undefined;
    const cookie = new Headers(init.headers);
    expect(cookie.get('content-encoding')).toBe('gzip');
    throw new TypeError('cut');
  };
  await imports.choose([products('F1'), products('F2')]);
  await imports.send();
  expect(outcomes()).toEqual(['failed', 'none']);
  expect(state().files[0]?.outcome).toEqual({ kind: 'failed', code: 'NETWORK' });
  terminal.network.intercept = undefined;
  await imports.send();
  expect(outcomes()).toEqual(['done', 'done']);
  await imports.send();
  expect(outcomes()).toEqual(['done', 'done']);
});

test('F20 the session expires: the password is asked for, and sending goes on', async () => {
  const { imports } = terminal.desk;
  const { auth } = server.context.store.scope(server.storeId);
  await imports.choose([products('P1')]);
  const identity = terminal.desk.session.state$.getValue();
  if (identity.kind !== 'signedIn') throw new Error('not signed in');
  await auth.removeSessionsOf(identity.terminal.id);
  await imports.send();
  expect([state().phase, outcomes()]).toEqual(['needs-password', ['none']]);
  await expect(imports.reauthenticate('equivocada')).rejects.toMatchObject({
    code: 'LOGIN_FAILED',
  });
  expect(state().phase).toBe('needs-password');
  await imports.reauthenticate(passwordOf('duena'));
  expect([state().phase, outcomes()]).toEqual(['idle', ['done']]);
});

test('a catalogue waits for its price', async () => {
  const { imports } = terminal.desk;
  await imports.choose([file('cat.csv', 'ean13,name', '0000000001199,Solène')]);
  await imports.send();
  expect(outcomes()).toEqual(['none']);
  await imports.setDefaultPrice(150_000);
  await imports.send();
  expect(state().files[0]?.outcome).toMatchObject({ reply: { products: { created: 1 } } });
});

test('files chosen while others are read take their place', async () => {
  const { imports } = terminal.desk;
  const first = imports.choose([products('Q1')]);
  const second = imports.choose([file('c.csv', 'nombre', 'Otra')]);
  await Promise.all([first, second]);
  expect(
    state().files.map(({ name, preview }) => [name, preview?.ok === true && preview.kind]),
  ).toEqual([['c.csv', 'clients']]);
});

test('who may not import sends nothing; what somebody chose is not for the next person', async () => {
  const { imports, session } = terminal.desk;
  await imports.choose([products('R1')]);
  await session.logout();
  expect(state().files).toEqual([]);
  await loginAndSync(terminal, { userName: 'cajero1', password: passwordOf('cajero1') });
  const asked: string[] = [];
  terminal.network.intercept = async (url) => {
    asked.push(url);
    return undefined;
  };
  await imports.choose([products('R1')]);
  await imports.send();
  expect(state().files[0]?.outcome).toEqual({ kind: 'failed', code: 'FORBIDDEN' });
  expect(asked.filter(isImport)).toEqual([]);
});
