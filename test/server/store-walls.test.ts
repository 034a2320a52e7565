import { randomUUID } from 'node:crypto';
import { makeCode } from '../../server/auth/enrolment';
import { addNewStore } from '../../server/new-store';
import { type ApiTerminal, apiTerminal } from '../kit/api';
import { startServer, type TestServer } from '../kit/start-server';

/*
 * Two stores with marks that stand nowhere else. Whoever is in one tries every address with what belongs to the other:
 * no answer holds a mark of it, and what exists there is answered as what exists nowhere.
 */
const MARK = 'zqxj-marca-ajena';
const PROFILE = {
  name: `Otra ${MARK}`,
  legalName: `Otra ${MARK} S.A.`,
  issuerId: '3101999999',
  address: MARK,
  phone: MARK,
  email: MARK,
  branch: '009',
  currency: 'CRC',
  fiscalDeadlineHours: 72,
  maxDiscount: 1000,
  timeZone: 'America/Costa_Rica',
};

let server: TestServer;
/** The owner of this store: whoever may ask the most. */
let here: ApiTerminal;
/** The other store: its owner, and one of each kind of id. */
let there: ApiTerminal;
let theirs: Record<'client' | 'product' | 'user' | 'invoice' | 'terminal' | 'audit', string>;

beforeAll(async () => {
  server = await startServer();
  here = await apiTerminal(server, 'duena');
  const other = await addNewStore(server.context, {
    profile: PROFILE,
    owner: { userName: 'duena', displayName: `Dueña ${MARK}`, password: 'demo-duena' },
  });
  const newCode = async () =>
    (await makeCode(server.context, { storeId: other, actor: 'test' })).code;
  there = await apiTerminal({ ...server, url: server.url, newCode }, 'duena');
  const [client] = (await here.pull('clients')).documents as Record<string, unknown>[];
  const [product] = (await here.pull('products', 0, 1)).documents as Record<string, unknown>[];
  const own = { editedBy: there.session.user.id, ver: 0, pending: 1, notes: MARK };
  const theirClient = { ...client, ...own, id: randomUUID(), edit: randomUUID(), name: MARK };
  const theirProduct = { ...product, ...own, id: randomUUID(), edit: randomUUID() };
  await there.push('clients', [theirClient]);
  await there.push('products', [{ ...theirProduct, description: MARK, code: MARK }]);
  const sale = there.ticket((await there.pull('products')).documents);
  expect((await there.push('invoices', [sale])).accepted).toHaveLength(1);
  const made = await there.request('POST', '/api/users', {
    userName: MARK,
    displayName: MARK,
    role: 'supervisor',
    terminals: [],
  });
  const log = await there.request('GET', '/api/audit?limit=1');
  theirs = {
    client: theirClient.id,
    product: theirProduct.id,
    user: (made.body as { user: { id: string } }).user.id,
    invoice: sale.id,
    terminal: there.session.terminal.id,
    audit: (log.body as { entries: { id: string }[] }).entries[0]?.id ?? '',
  };
});
afterAll(() => server.close());

/** What must never be in an answer to this store. */
const foreign = (): string[] => [
  MARK,
  ...Object.values(theirs),
  there.session.epoch,
  there.session.store.id,
  there.session.user.id,
];

/** An answer without what differs from one request to the next. */
const told = ({ status, text }: { status: number; text: string }, id: string): string =>
  `${status} ${text.replaceAll(id, 'ID').replaceAll(/"requestId":"[^"]*"/g, '')}`;

const COLLECTIONS = ['clients', 'products', 'users', 'invoices', 'stock', 'shifts'] as const;

test('S2 every address that gives something out gives nothing of the other store', async () => {
  const paths = [
    '/api/session',
    '/api/sync/status',
    '/api/terminals',
    '/api/users',
    '/api/audit?limit=500',
    `/api/audit?limit=500&terminal=${randomUUID()}`,
    ...COLLECTIONS.flatMap((name) => [
      `/api/sync/${name}?epoch=&seq=0&limit=1000`,
      `/api/sync/${name}/digests?prefix=`,
    ]),
  ];
  const posts = [
    ['/api/verifications', undefined],
    ['/api/audit/exports', {}],
    ['/api/terminals/codes', {}],
  ] as const;
  const answers = [
    ...(await Promise.all(paths.map((path) => here.request('GET', path)))),
    ...(await Promise.all(posts.map(([path, body]) => here.request('POST', path, body)))),
  ];
  for (const { status, text } of answers) {
    expect(status).toBeLessThan(300);
    for (const mark of foreign()) expect(text).not.toContain(mark);
  }
});

test('S2 an id of the other store is answered as one that exists nowhere', async () => {
  const nobody = randomUUID();
  const asked = (id: string): (readonly [string, string, unknown?])[] => [
    ...COLLECTIONS.flatMap(
      (name) =>
        [
          ['GET', `/api/sync/${name}/documents?ids=${id}`],
          ['GET', `/api/sync/${name}/digests?prefix=${id.slice(0, 35)}`],
        ] as const,
    ),
    ['GET', `/api/audit?limit=5&actor=${id}`],
    ['GET', `/api/audit?limit=5&terminal=${id}`],
    ['GET', `/api/audit?limit=5&before=2999-01-01T00:00:00.000Z_${id}`],
    ['POST', '/api/audit/exports', { actor: id }],
    ['PATCH', `/api/users/${id}`, { active: false }],
    ['PATCH', `/api/users/${id}`, { role: 'owner' }],
    ['POST', `/api/users/${id}/password`, {}],
    ['PATCH', `/api/users/${here.session.user.id}`, { terminals: [id] }],
    ['POST', '/api/users', { userName: 'x', displayName: 'x', role: 'cashier', terminals: [id] }],
    ['DELETE', `/api/terminals/${id}`],
    ['PATCH', `/api/terminals/${id}`, { name: 'tomada' }],
  ];
  for (const id of Object.values(theirs)) {
    for (const [index, [method, path, body]] of asked(id).entries()) {
      const [, otherPath, otherBody] = asked(nobody)[index] ?? ['', ''];
      const real = await here.request(method, path, body);
      const none = await here.request(method, otherPath, otherBody);
      /* The log repeats what this very test asked for in an export: there the other store's own words are looked for. */
      const isLog = path.includes('before=');
      for (const mark of isLog ? [MARK] : foreign()) {
        if (mark !== id) expect(real.text).not.toContain(mark);
      }
      if (!isLog) expect(told(real, id)).toBe(told(none, nobody));
    }
  }
  const users = (await there.request('GET', '/api/users')).body as { users: { id: string }[] };
  expect(users.users.find(({ id }) => id === theirs.user)).toMatchObject({
    active: true,
    role: 'supervisor',
    userName: MARK,
  });
  expect((await there.request('GET', '/api/sync/status')).status).toBe(200);
});

test('S2 S12 a push under an id, an author or a terminal of the other store brings nothing out and changes nothing there', async () => {
  const before = await there.request('GET', '/api/sync/status');
  const [client] = (await here.pull('clients')).documents as Record<string, unknown>[];
  const [product] = (await here.pull('products', 0, 1)).documents;
  const state = (change: object) => ({ ...client, edit: randomUUID(), pending: 1, ...change });
  const replies = [
    await here.push('clients', [state({ id: theirs.client, editedBy: '' })]),
    await here.push('clients', [state({ editedBy: there.session.user.id })], [client]),
    await here.push('clients', [state({ editedBy: theirs.user })], [client]),
    await here.push('invoices', [here.ticket([product ?? ({} as never)], { id: theirs.invoice })]),
    await here.push('invoices', [
      here.ticket([product ?? ({} as never)], { terminalId: theirs.terminal }),
    ]),
    await here.push('users', [{ id: theirs.user }]),
  ];
  for (const reply of replies) {
    const text = JSON.stringify(reply);
    for (const mark of foreign()) {
      /* The id that was sent comes back with its verdict; nothing else does. */
      if (!text.includes(`"id":"${mark}"`)) expect(text).not.toContain(mark);
    }
    expect(reply.conflicts).toEqual([]);
    expect(reply.superseded).toEqual([]);
  }
  const after = await there.request('GET', '/api/sync/status');
  const collections = ({ body }: { body: never }) => (body as { collections: object }).collections;
  expect(collections(after)).toEqual(collections(before));
});

test('S2 S6 checkpoints and cookies of the other store lead nowhere', async () => {
  const { epoch } = there.session;
  const pull = await here.request('GET', `/api/sync/clients?epoch=${epoch}&seq=1&limit=10`);
  const unknown = await here.request('GET', '/api/sync/clients?epoch=nowhere&seq=1&limit=10');
  expect(told(pull, epoch)).toBe(told(unknown, 'nowhere'));
  expect(pull.status).toBe(409);
  const push = { epoch, rows: [{ newDocumentState: {} }] };
  expect((await here.request('POST', '/api/sync/clients', push)).status).toBe(409);

  const jar = new Map(here.jar);
  here.jar.set('mostrador_session', there.jar.get('mostrador_session') ?? '');
  for (const path of ['/api/sync/status', '/api/users', '/api/audit?limit=5', '/api/terminals']) {
    const reply = await here.request('GET', path);
    expect(reply.status).toBe(401);
    for (const mark of foreign()) expect(reply.text).not.toContain(mark);
  }
  for (const [name, value] of jar) here.jar.set(name, value);
});

test('S2 an import names no store, and what it makes is this store’s', async () => {
  const before = await there.request('GET', '/api/sync/status');
  const file = { name: 'p.csv', text: `codigo,descripcion,precio\n${MARK},Mío,1\n` };
  const store = there.session.store.id;
  expect((await here.request('POST', '/api/imports', { ...file, storeId: store })).status).toBe(
    400,
  );
  const reply = await here.request('POST', '/api/imports', file);
  expect(reply.body).toMatchObject({ products: { created: 1, edited: 0 } });
  const after = await there.request('GET', '/api/sync/status');
  const { collections } = after.body as { collections: object };
  expect(collections).toEqual((before.body as { collections: object }).collections);
});
