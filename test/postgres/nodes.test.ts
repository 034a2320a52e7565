import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import type { Client } from '../../schemas/clients';
import { makeCode } from '../../server/auth/enrolment';
import type { ServerContext } from '../../server/context';
import { seedDemo } from '../../server/demo/seed-demo';
import { listen, type RunningServer } from '../../server/listen';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { openNode } from '../kit/start-server';
import { postgresDatabase, type TestDatabase } from '../kit/test-database';

/* Nodes keep nothing: whichever of them a balancer picks, the answer is the same. */

let database: TestDatabase;
let contexts: ServerContext[];
let nodes: RunningServer[];
let storeId: string;

/** A terminal whose every request goes to the next node. */
async function roaming(userName: string): Promise<ApiTerminal> {
  let turn = 0;
  const newCode = async () => {
    const [context] = contexts;
    if (context === undefined) throw new Error('no node');
    return (await makeCode(context, { storeId, actor: 'test' })).code;
  };
  const next = {
    newCode,
    get url() {
      return urlOf(turn++);
    },
  };
  return apiTerminal(next, userName);
}
const urlOf = (index: number): string =>
  `http://127.0.0.1:${nodes[index % nodes.length]?.port ?? 0}`;

beforeAll(async () => {
  database = await postgresDatabase();
  /* All at once over an empty database, as an orchestrator starts them: tables and demo store are made once. */
  contexts = await Promise.all(Array.from({ length: 4 }, () => openNode(database)));
  const seeded = await Promise.all(contexts.map((context) => seedDemo(context)));
  storeId = seeded[0] ?? '';
  nodes = await Promise.all(
    contexts.map((context) => listen(context, { port: 0, host: '127.0.0.1', drainMs: 500 })),
  );
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await database.remove();
});

test('P90 nodes that start at once over an empty database make its tables and the demo store once', async () => {
  const status = await contexts[0]?.store.scope(storeId).documents.status();
  expect(status).toMatchObject({ clients: { count: 50 }, users: { count: 5, seq: 5 } });
  expect(await contexts[3]?.store.stores()).toHaveLength(1);
});

test('P91 a session, a push and what it changed hold at every node', async () => {
  const terminal = await roaming('duena');
  const { documents } = await terminal.pull('products', 0, 3);
  const invoice = terminal.ticket(documents);
  const first = await terminal.push('invoices', [invoice]);
  expect(first.accepted).toEqual([{ id: invoice.id, ver: 1 }]);
  for (let i = 0; i < nodes.length; i++) {
    expect(await terminal.push('invoices', [invoice])).toEqual(first);
    expect((await terminal.pull('invoices')).documents).toHaveLength(1);
  }
  await terminal.request('DELETE', '/api/session');
  for (let i = 0; i < nodes.length; i++) {
    expect((await terminal.request('GET', '/api/session')).status).toBe(401);
  }
});

test('P91 S10 wrong passwords at many nodes are counted as one', async () => {
  const terminal = await roaming('cajero1');
  const tries: number[] = [];
  for (let i = 0; i < 12; i++) {
    const body = { userName: 'cajero1', password: `no-${i}` };
    tries.push((await terminal.request('POST', '/api/session', body)).status);
  }
  expect(tries).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
});

test('P91 F25 a code is redeemed at one node only, and numbers of terminals are given once', async () => {
  const [context] = contexts;
  if (context === undefined) throw new Error('no node');
  const enrolAt = async (index: number, code: string) => {
    const response = await fetch(`${urlOf(index)}/api/terminals`, {
      method: 'POST',
      headers: { 'x-mostrador-protocol': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ code, name: 'Caja' }),
    });
    return (await response.json()) as { code?: string; terminal?: { number: number } };
  };
  const { code } = await makeCode(context, { storeId, actor: 'test' });
  const same = await Promise.all([0, 1, 2, 3].map((index) => enrolAt(index, code)));
  expect(same.filter(({ terminal }) => terminal !== undefined)).toHaveLength(1);
  expect(same.filter((reply) => reply.code === 'CODE_INVALID')).toHaveLength(3);
  const codes = await Promise.all(
    [0, 1, 2, 3].map(async () => (await makeCode(context, { storeId, actor: 'test' })).code),
  );
  const others = await Promise.all(codes.map((own, index) => enrolAt(index, own)));
  expect(new Set(others.map(({ terminal }) => terminal?.number)).size).toBe(4);
});

test('F29 two nodes are sent edits of the same client at the same moment: one is taken, the other conflicts', async () => {
  const [one, two] = await Promise.all([roaming('duena'), roaming('supervisora')]);
  const [client] = (await one.pull('clients', 0, 1)).documents as Client[];
  if (client === undefined) throw new Error('no client');
  for (let round = 0; round < 8; round++) {
    const [current] = ((await one.pull('clients')).documents as Client[]).filter(
      ({ id }) => id === client.id,
    );
    if (current === undefined) throw new Error('no client');
    const edit = (terminal: ApiTerminal, notes: string) =>
      terminal.push(
        'clients',
        [{ ...current, notes, edit: randomUUID(), editedBy: terminal.session.user.id, pending: 1 }],
        [current],
      );
    const replies = await Promise.all([edit(one, `uno ${round}`), edit(two, `dos ${round}`)]);
    expect(replies.map(({ accepted }) => accepted.length).sort()).toEqual([0, 1]);
    expect(replies.map(({ conflicts }) => conflicts.length).sort()).toEqual([0, 1]);
  }
});

test('P92 a node that is killed in the middle of a push loses nothing, and another one goes on', async () => {
  const terminal = await roaming('cajero2');
  const { documents } = await terminal.pull('products', 0, 5);
  const root = path.join(__dirname, '..', '..');
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', path.join('server', 'main.ts')],
    {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: database.place.databaseUrl,
        PORT: '0',
        MOSTRADOR_DEMO: '0',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const [said] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const doomed = /http:\/\/localhost:(\d+)/.exec(said.toString())?.[1] ?? '';
  const cookie = [...terminal.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const acknowledged: string[] = [];
  const sent: ReturnType<ApiTerminal['ticket']>[] = [];
  let pushes = 0;
  const killed = once(child, 'exit');
  for (;;) {
    const batch = Array.from({ length: 5 }, () => terminal.ticket(documents));
    sent.push(...batch);
    const answer = fetch(`http://127.0.0.1:${doomed}/api/sync/invoices`, {
      method: 'POST',
      headers: { cookie, 'x-mostrador-protocol': '1', 'content-type': 'application/json' },
      body: JSON.stringify({
        epoch: terminal.session.epoch,
        rows: batch.map((newDocumentState) => ({ newDocumentState })),
      }),
    });
    pushes += 1;
    if (pushes === 6) child.kill('SIGKILL');
    try {
      const reply = (await (await answer).json()) as { accepted: { id: string }[] };
      acknowledged.push(...reply.accepted.map(({ id }) => id));
    } catch {
      break;
    }
  }
  await killed;
  expect(acknowledged.length).toBeGreaterThanOrEqual(25);
  const there = new Set((await pullAll(terminal)).map(({ id }) => id));
  expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
  /* What was in doubt is sent again, to another node: all of it is there then, each once. */
  const last = sent.slice(-5);
  expect((await terminal.push('invoices', last)).accepted).toHaveLength(5);
  const mine = new Set(sent.map(({ id }) => id));
  const stored = (await pullAll(terminal)).filter(({ id }) => mine.has(id));
  expect(stored).toHaveLength(sent.length);
  const [ledger] = contexts.map((context) => context.store.scope(storeId).ledger);
  expect(await ledger?.serials(terminal.session.terminal.id)).toEqual([1, sent.length]);
});

async function pullAll(terminal: ApiTerminal): Promise<{ id: string }[]> {
  return (await terminal.pull('invoices')).documents as { id: string }[];
}
