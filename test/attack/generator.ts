import { gzipSync } from 'node:zlib';
import { COLLECTION_NAMES, COLLECTIONS, type CollectionName } from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import {
  enrolRequestSchema,
  importRequestSchema,
  loginRequestSchema,
} from '../../shared/protocol/messages';
import { rescueProofSchema } from '../../shared/protocol/rescue-messages';
import { createRandom, type Random } from '../world/random';
import type { Cast } from './cast';
import { damagedText, HOSTILE, mutated } from './mutations';
import { sampleOf } from './values';

export interface Attack {
  kind: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

const WRITTEN = ['clients', 'products', 'invoices', 'movements', 'shifts'] as const;
const METHODS = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'HEAD'];
const PATHS = [
  '/api',
  '/api/',
  '//api/sync/status',
  '/API/sync/status',
  '/api/terminals',
  '/api/terminals/codes',
  '/api/sync/__proto__',
  '/api/sync/constructor?epoch=&seq=0&limit=1',
  '/api/sync/clients/../users',
  '/api/sync/%2e%2e/%2e%2e',
  '/api/sync/%ff',
  '/api/sync/%00',
  '/api/sync/clients%00',
  '/api/sync/clients;a=b',
  '/api/terminals/%F0%9F%98%80',
  '/..%2f..%2fetc/passwd',
  '/..%5c..%5cwindows',
  '/assets/../../package.json',
  '/%',
  '/.env',
  '/health/../api/session',
  '/metrics',
  `/${'a'.repeat(6000)}`,
  `/api/sync/${'b/'.repeat(500)}`,
];
const HEADERS: readonly Record<string, string>[] = [
  { 'content-type': 'text/html' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'multipart/form-data' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br' },
  { 'content-encoding': 'x-unknown' },
  { 'x-mostrador-protocol': '0' },
  { 'x-mostrador-protocol': '1, 1' },
  { 'x-mostrador-protocol': '' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-forwarded-proto': 'https' },
  { 'x-http-method-override': 'DELETE' },
  { accept: '*/*;q=nan' },
  { origin: 'http://evil.example' },
  { expect: '200-ok' },
  { range: 'bytes=0-1,2-3,-1' },
  { 'if-none-match': '*' },
  { 'accept-encoding': 'gzip;q=1e99' },
  { 'user-agent': 'x'.repeat(8000) },
];
const QUERIES = ['-1', 'NaN', '1e9', '01', '', '9007199254740993', '%00', '0&seq=1', '[]', 'null'];

/**
 * Requests that must change nothing, one after the other, the same for a seed. Each begins as what a terminal sends,
 * made from the schemas, and is then spoilt; what would be a legitimate write in spite of that is spoilt once more.
 */
export function createGenerator(seed: number, cast: Cast): () => Attack {
  const random = createRandom(seed, 'attack');
  const pick = <T>(list: readonly T[]): T => list[random.between(0, list.length - 1)] as T;
  const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024));
  const epoch = cast.cashier.session.epoch;
  const anyone = (): string => pick(Object.values(cast.cookies));
  const headers = (cookie: string): Record<string, string> => ({
    'x-mostrador-protocol': '1',
    'content-type': 'application/json',
    ...(cookie === '' ? {} : { cookie }),
  });
  const post = (kind: string, path: string, body: string | Buffer, cookie = anyone()): Attack => ({
    kind,
    method: 'POST',
    path,
    headers: headers(cookie),
    body,
  });

  const envelope = (rows: unknown): object =>
    random.unit() < 0.9 ? { epoch, rows } : { epoch: random.id(), rows };
  const rescue = (rows: unknown): object => ({
    ...envelope(rows),
    terminalId: pick([cast.cashier, cast.foreigner, cast.revoked]).session.terminal.id,
    fileId: 'a'.repeat(64),
    madeAt: '2026-11-24T15:00:00.000Z',
    ...(random.unit() < 0.3 ? { proof: sampleOf(rescueProofSchema, random) } : {}),
  });
  const pushTo = (name: string) =>
    random.unit() < 0.75 ? `/api/sync/${name}` : `/api/rescues/${name}`;
  const wrapped = (path: string, rows: unknown): object =>
    path.startsWith('/api/rescues') ? rescue(rows) : envelope(rows);

  const kinds: readonly [weight: number, make: () => Attack][] = [
    [30, () => documents()],
    [12, () => brokenEnvelope()],
    [10, () => text()],
    [6, () => forged()],
    [6, () => replay()],
    [12, () => query()],
    [5, () => account()],
    [4, () => file()],
    [5, () => confused()],
    [4, () => headerTrick()],
    [4, () => bytes()],
    [0.3, () => large()],
    [0.2, () => gzipBomb()],
  ];

  const documents = (): Attack => {
    const name = pick(COLLECTION_NAMES);
    const path = pushTo(name);
    const rows = Array.from({ length: random.between(1, 4) }, () => ({
      newDocumentState: spoilt(name, sampleOf(COLLECTIONS[name].schema, random), random),
      ...(random.unit() < 0.3 ? { assumedMasterState: pick(HOSTILE) } : {}),
    }));
    return post('spoilt documents', path, JSON.stringify(wrapped(path, rows)));
  };
  const brokenEnvelope = (): Attack => {
    const path = pushTo(pick(WRITTEN));
    const whole = wrapped(path, [{ newDocumentState: { id: random.id() } }]);
    return post('broken envelope', path, JSON.stringify(mutated(whole, random)) ?? '');
  };
  const text = (): Attack => {
    const name = pick(WRITTEN);
    const path = pushTo(name);
    const state = { ...(sampleOf(COLLECTIONS[name].schema, random) as object), extra: 1 };
    const body = JSON.stringify(wrapped(path, [{ newDocumentState: state }]));
    return post('damaged JSON', path, damagedText(body, random));
  };
  /* Valid by the schema; wrong by what the server recomputes, or by whose it is. */
  const forged = (): Attack => {
    const [sale] = [structuredClone(pick(cast.sold))];
    const way = pick<Record<string, unknown>>([
      { totals: { ...sale.totals, total: sale.totals.total + 1 } },
      { terminalId: random.id() },
      { consecutive: random.digits(20) },
      { clave: random.digits(50) },
      { chain: { prev: '', hash: '' } },
      { flags: ['OVERSOLD'] },
      { payments: [] },
      { currency: 'USD' },
    ]);
    const document = { ...sale, id: random.id(), edit: random.id(), ...way };
    const path = pushTo('invoices');
    return post(
      'forged invoices',
      path,
      JSON.stringify(wrapped(path, [{ newDocumentState: document }])),
    );
  };
  const replay = (): Attack => {
    const rows = cast.sold.map((newDocumentState) => ({ newDocumentState }));
    const cookie = pick([
      cast.cookies['owner'],
      cast.cookies['cashier'],
      cast.cookies['revoked'],
      cast.cookies['foreign session'],
      cast.cookies['none'],
    ]);
    return post('replays', '/api/sync/invoices', JSON.stringify({ epoch, rows }), cookie);
  };
  const query = (): Attack => {
    const name = pick([...COLLECTION_NAMES, 'secrets', '__proto__']);
    const tail = pick([
      `?epoch=${pick(['', epoch, 'x'])}&seq=${pick(QUERIES)}&limit=${pick(['1', '1000', ...QUERIES])}`,
      `/digests?prefix=${pick(['', 'a', 'zz', '%00', '0'.repeat(40), "'"])}`,
      `/documents?ids=${pick(['', random.id(), `${random.id()},`, 'x', Array.from({ length: 101 }, () => random.id()).join(',')])}`,
    ]);
    return {
      kind: 'queries',
      method: 'GET',
      path: `/api/sync/${name}${tail}`,
      headers: headers(anyone()),
    };
  };
  const account = (): Attack => {
    const [path, schema, spoil] = pick([
      ['/api/session', loginRequestSchema, { password: `no-${random.digits(6)}` }],
      ['/api/terminals', enrolRequestSchema, { code: random.digits(8) }],
    ] as const);
    const userName = pick(['duena', 'cajero1', 'nadie', ' DUENA ', random.id()]);
    const whole = {
      ...(sampleOf(schema, random) as object),
      ...spoil,
      ...(path === '/api/session' ? { userName } : {}),
    };
    const sent = random.unit() < 0.5 ? whole : mutated(whole, random);
    return post('logins and codes', path, JSON.stringify(sent) ?? '');
  };
  /* Every line of it is refused, so that a file which is read all the same brings in nothing. */
  const file = (): Attack => {
    const whole = {
      ...(sampleOf(importRequestSchema, random) as object),
      text: `codigo,descripcion,precio\n${JSON.stringify(pick(HOSTILE))},${'"'.repeat(random.between(0, 9))},-1\n`,
    };
    const sent = mutated(whole, random) as { text?: unknown };
    return post('imports', '/api/imports', JSON.stringify(sent) ?? '');
  };
  const confused = (): Attack => ({
    kind: 'methods and paths',
    method: random.unit() < 0.5 ? 'GET' : pick(METHODS),
    path: pick([...PATHS, '/api/sync/clients', '/api/imports', '/api/rescues/clients', '/']),
    headers: headers(
      pick([cast.cookies['none'], cast.cookies['garbage'], cast.cookies['cashier']]) ?? '',
    ),
  });
  const headerTrick = (): Attack => {
    const attack = brokenEnvelope();
    return { ...attack, kind: 'headers', headers: { ...attack.headers, ...pick(HEADERS) } };
  };
  const bytes = (): Attack =>
    post('bytes', pushTo(pick(WRITTEN)), random.bytes(random.between(1, 400)));
  const large = (): Attack =>
    post(
      'large bodies',
      pushTo(pick(WRITTEN)),
      pick([
        () => `"${'x'.repeat(5_000_000)}"`,
        () => `{"epoch":"x","rows":[${'0,'.repeat(400_000)}0]}`,
        () => `{"epoch":"${epoch}","rows":[{"newDocumentState":{"${'k'.repeat(1_000_000)}":1}}]}`,
      ])(),
    );

  const gzipBomb = (): Attack => {
    const attack = post('gzip bombs', pushTo(pick(WRITTEN)), bomb);
    return { ...attack, headers: { ...attack.headers, 'content-encoding': 'gzip' } };
  };

  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  return () => {
    let at = random.unit() * total;
    for (const [weight, make] of kinds) {
      at -= weight;
      if (at < 0) return make();
    }
    return documents();
  };
}

/** Mutated once; and once more where the schema would still take it. */
function spoilt(name: CollectionName, whole: unknown, random: Random): unknown {
  const state = mutated(whole, random);
  if (!validateDocument(name, JSON.parse(JSON.stringify(state) ?? 'null')).ok) return state;
  return { ...(state as object), extra: true };
}
