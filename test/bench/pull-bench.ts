import { Agent, createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cookieFetch } from '../kit/cookie-fetch';
import { OWNER } from './bench-products';
import type { BenchServer } from './bench-store';
import type { Figure } from './figures';

const PAGE = 1000;
/** Rounds that are for the compiler, on both sides, and not counted. */
const WARM_UP = 3;
const HEADERS = { 'x-mostrador-protocol': '2', 'content-type': 'application/json' };

/** Asks for so many pages over kept connections, two at a time. Returns pages per second. */
async function pagesPerSecond(
  urlOf: (page: number) => string,
  headers: Record<string, string>,
  pages: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  const read = (url: string): Promise<void> =>
    new Promise((resolve, reject) => {
      get(url, { agent, headers }, (response) => {
        response.on('data', () => undefined);
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
        );
      }).on('error', reject);
    });
  let next = 0;
  const reader = async (): Promise<void> => {
    while (next < pages) {
      next += 1;
      await read(urlOf(next));
    }
  };
  const began = performance.now();
  await Promise.all([reader(), reader()]);
  agent.destroy();
  return pages / ((performance.now() - began) / 1000);
}

/** The yardstick: a server that does nothing but join the stored texts of a page, which it has in memory, and send them. */
async function bareServer(texts: readonly string[]): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => {
    const body = `{"documents":[${texts.join(',')}],"checkpoint":{"epoch":"","seq":0},"remaining":0}`;
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** The cookies and the epoch of an owner's session at a terminal of its own. */
async function session({ url, newCode }: BenchServer): Promise<{ cookie: string; epoch: string }> {
  const fetchWithCookies = cookieFetch();
  const post = async (path: string, body: object): Promise<{ epoch: string }> =>
    (
      await fetchWithCookies(`${url}${path}`, {
        method: 'POST',
        headers: HEADERS,
        body: JSON.stringify(body),
      })
    ).json() as Promise<{ epoch: string }>;
  await post('/api/terminals', { code: await newCode(), name: 'Bench' });
  const { userName, password } = OWNER;
  const { epoch } = await post('/api/session', { userName, password });
  const cookie = [...fetchWithCookies.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return { cookie, epoch };
}

/** Pull pages per second at the real server, beside a bare loop over HTTP. */
export async function pullFigures(
  bench: BenchServer,
  { products, pages, repetitions }: { products: number; pages: number; repetitions: number },
  say: (line: string) => void,
): Promise<Figure[]> {
  const { cookie, epoch } = await session(bench);
  const { documents } = bench.context.store.scope(bench.storeId);
  const { documents: page } = await documents.page('products', 0, PAGE);
  const bare = await bareServer(page.map(({ json }) => json));
  const full = Math.max(1, Math.floor(products / PAGE));
  const real: number[] = [];
  const base: number[] = [];
  const urlOf = (at: number): string =>
    `${bench.url}/api/sync/products?epoch=${epoch}&seq=${(at % full) * PAGE}&limit=${PAGE}`;
  try {
    for (let i = 1 - WARM_UP; i <= repetitions; i++) {
      if (i > 0) say(`server, ${i} of ${repetitions}`);
      const yardstick = await pagesPerSecond(() => bare.url, {}, pages);
      const measured = await pagesPerSecond(urlOf, { ...HEADERS, cookie }, pages);
      if (i <= 0) continue;
      base.push(yardstick);
      real.push(measured);
    }
  } finally {
    bare.server.close();
  }
  return [
    {
      name: `server: pull pages of ${Math.min(PAGE, products)}`,
      unit: 'pages/s',
      values: real,
      base: { name: 'bare loop', values: base },
    },
  ];
}
