import { makeCode } from '../../server/auth/enrolment';
import type { ServerContext } from '../../server/context';
import { seedDemo } from '../../server/demo/seed-demo';
import type { RunningServer } from '../../server/listen';
import { passwordOf } from '../kit/api';
import { startBalancer } from '../kit/balancer';
import { loginAndSync, openTerminal, syncAll, type TestTerminal } from '../kit/open-terminal';
import { programNext } from '../kit/program-next';
import { sell } from '../kit/sell';
import { postgresDatabase, type TestDatabase } from '../kit/test-database';

/* Nodes of two protocol versions over one database, behind a balancer: today's, and the next one's. */

let database: TestDatabase;
let balancer: Awaited<ReturnType<typeof startBalancer>>;
let storeId: string;
let first: ServerContext;
const nodes: RunningServer[] = [];
const terminals: TestTerminal[] = [];

interface ServerModules {
  openNode: typeof import('../kit/start-server').openNode;
  listen: typeof import('../../server/listen').listen;
}

/** One node of a program of its own. */
async function startNode(
  program: () => () => void = () => () => {},
): Promise<{ context: ServerContext; node: RunningServer }> {
  let modules: ServerModules | undefined;
  jest.isolateModules(() => {
    const ended = program();
    modules = { ...require('../kit/start-server'), ...require('../../server/listen') };
    ended();
  });
  if (modules === undefined) throw new Error('server modules were not loaded');
  const context = await modules.openNode(database);
  const node = await modules.listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 });
  nodes.push(node);
  return { context, node };
}

beforeAll(async () => {
  database = await postgresDatabase();
  const started = await startNode();
  first = started.context;
  storeId = await seedDemo(first);
  const second = await startNode();
  balancer = await startBalancer([started.node.port, second.node.port]);
});
afterAll(async () => {
  for (const terminal of terminals) await terminal.close();
  await balancer.stop();
  for (const node of nodes) await node.stop();
  await database.remove();
});

async function ready(userName: string): Promise<TestTerminal> {
  const terminal = await openTerminal({ url: balancer.url });
  terminals.push(terminal);
  const { code } = await makeCode(first, { storeId, actor: 'test' });
  await terminal.desk.session.enrol({ code, name: 'Caja' });
  await loginAndSync(terminal, { userName, password: passwordOf(userName) });
  return terminal;
}
const pendingOf = ({ desk }: TestTerminal): Promise<number> =>
  desk.db.invoices.count({ selector: { pending: { $eq: 1 } } }).exec();
const isEqual = async ({ desk }: TestTerminal): Promise<boolean> =>
  (await desk.proof.compare()).every(({ equality }) => equality === 'equal');

test('P96 P97 F9 a terminal of the next program keeps what it sold while it meets nodes of today, and sends it to the first one that is updated', async () => {
  const ahead = await ready('cajero1');
  const behind = await ready('cajero2');
  const old = [...balancer.ports];
  const sold = await sell(ahead, 0);
  /* It got its new program from a node that is gone again. */
  await ahead.reload(programNext);
  const more = await sell(ahead, 1);
  ahead.desk.sync.send({ type: 'askAll' });
  ahead.desk.sync.send({ type: 'accept' });
  ahead.desk.sync.send({ type: 'run' });
  await ahead.desk.sync.idle();
  expect(ahead.desk.sync.flow$.getValue()).toMatchObject({
    results: { clients: { status: 'failed', errorCode: 'SERVER_BEHIND' } },
  });
  expect(await pendingOf(ahead)).toBe(2);
  ahead.desk.sync.send({ type: 'dismiss' });

  /* One node of three is updated: terminals of today go on at all of them. */
  const { node } = await startNode(programNext);
  balancer.ports = [...old, node.port];
  const theirs = await sell(behind, 2);
  await syncAll(behind);
  expect(await pendingOf(behind)).toBe(0);

  balancer.ports = [node.port];
  await syncAll(ahead);
  expect(await pendingOf(ahead)).toBe(0);
  balancer.ports = [...old, node.port];
  await syncAll(behind);
  const all = [sold, more, theirs].map(({ id }) => id).sort();
  const received = await behind.desk.db.invoices.find().exec();
  expect(received.map(({ id }) => id).sort()).toEqual(all);
  expect([await isEqual(behind)]).toEqual([true]);
});

test('P96 a program that this server does not know is told so by a code of its own, one that is too old by another', async () => {
  const asked = async (protocol: string) => {
    const response = await fetch(`${balancer.url}/api/sync/status`, {
      headers: { 'x-mostrador-protocol': protocol },
    });
    const { code } = (await response.json()) as { code: string };
    return [response.status, code, response.headers.get('retry-after')];
  };
  balancer.ports = [nodes[0]?.port ?? 0];
  expect(await asked('3')).toEqual([503, 'SERVER_BEHIND', '5']);
  expect(await asked('0')).toEqual([400, 'PROTOCOL_MISMATCH', null]);
  expect(await asked('2.5')).toEqual([400, 'PROTOCOL_MISMATCH', null]);
});
