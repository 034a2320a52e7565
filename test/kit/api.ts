import { randomUUID } from 'node:crypto';
import {
  buildInvoice,
  settlePayments,
  toInvoiceLine,
  WALK_IN,
} from '../../client/desk/build-invoice';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import { DEMO_LOGINS } from '../../server/demo/seed-demo';
import type { EnrolReply, PushReply, SessionReply } from '../../shared/protocol/messages';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../shared/protocol/version';
import { cookieFetch } from './cookie-fetch';
import type { TestServer } from './start-server';

/** A terminal that speaks the protocol by hand: for what a well-behaved client would never send. */
export interface ApiTerminal {
  enrolled: EnrolReply;
  session: SessionReply;
  jar: Map<string, string>;
  /** With this terminal's cookies, and nothing else of its own. */
  fetch: typeof fetch;
  request(
    method: string,
    path: string,
    body?: unknown,
    raw?: string,
  ): Promise<{ status: number; body: never; text: string; headers: Headers }>;
  push(
    collection: string,
    documents: readonly unknown[],
    assumed?: readonly unknown[],
  ): Promise<PushReply>;
  pull(
    collection: string,
    seq?: number,
    limit?: number,
  ): Promise<{ documents: never[]; checkpoint: { epoch: string; seq: number }; remaining: number }>;
  /** The next ticket of this terminal over these products, one unit each. */
  ticket(products: readonly Product[], change?: Partial<Invoice>): Invoice;
}

export const passwordOf = (userName: string): string =>
  DEMO_LOGINS.find((login) => login.userName === userName)?.password ?? '';

export async function apiTerminal(
  server: Pick<TestServer, 'url' | 'newCode'>,
  userName: string,
): Promise<ApiTerminal> {
  const fetchWithCookies = cookieFetch();
  let number = 0;
  let previousHash = '';
  const terminal = {
    jar: fetchWithCookies.jar,
    fetch: fetchWithCookies,
    async request(method: string, path: string, body?: unknown, raw?: string) {
      const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetchWithCookies(`${server.url}${path}`, {
        method,
        headers: {
          [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
          'content-type': 'application/json',
        },
        ...(payload === undefined ? {} : { body: payload }),
      });
      const text = await response.text();
      return {
        status: response.status,
        text,
        headers: response.headers,
        body: (text === '' ? null : JSON.parse(text)) as never,
      };
    },
    async push(
      collection: string,
      documents: readonly unknown[],
      assumed: readonly unknown[] = [],
    ) {
      const rows = documents.map((newDocumentState, index) => ({
        newDocumentState,
        ...(assumed[index] === undefined ? {} : { assumedMasterState: assumed[index] }),
      }));
      const { epoch } = terminal.session;
      const reply = await terminal.request('POST', `/api/sync/${collection}`, { epoch, rows });
      return reply.body as PushReply;
    },
    async pull(collection: string, seq = 0, limit = 1000) {
      const epoch = seq === 0 ? '' : terminal.session.epoch;
      const path = `/api/sync/${collection}?epoch=${epoch}&seq=${seq}&limit=${limit}`;
      return (await terminal.request('GET', path)).body;
    },
    ticket(products: readonly Product[], change: Partial<Invoice> = {}): Invoice {
      number += 1;
      const lines = products.map((product) =>
        toInvoiceLine({ product, quantity: 1000, unitPrice: product.price, discountRate: 0 }),
      );
      const total = lines.reduce((sum, line) => sum + line.total, 0);
      const { user, store, terminal: own } = terminal.session;
      const invoice = buildInvoice(
        {
          type: '04',
          clientId: '',
          client: WALK_IN,
          lines,
          notes: '',
          ...settlePayments(lines, [{ method: 'cash', amount: total, reference: '' }], total),
        },
        {
          id: randomUUID(),
          number,
          serial: number,
          now: Date.now(),
          situation: '3',
          securityCode: '12345678',
          shiftId: '',
          previousHash,
        },
        { user, store, terminal: own },
      );
      previousHash = invoice.chain.hash;
      return { ...invoice, ver: 0, edit: randomUUID(), pending: 1, ...change };
    },
  } as unknown as ApiTerminal;
  const enrolled = await terminal.request('POST', '/api/terminals', {
    code: await server.newCode(),
    name: 'API',
  });
  terminal.enrolled = enrolled.body;
  const session = await terminal.request('POST', '/api/session', {
    userName,
    password: passwordOf(userName),
  });
  terminal.session = session.body;
  return terminal;
}
