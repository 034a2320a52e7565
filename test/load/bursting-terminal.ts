import { setTimeout as wait } from 'node:timers/promises';
import type { Invoice } from '../../schemas/invoices';
import type { Product } from '../../schemas/products';
import type { PushReply } from '../../shared/protocol/messages';
import { busyWaitMs, retrySeconds } from '../../shared/sync/busy-wait';
import type { ApiTerminal } from '../kit/api';

/** What all terminals of a run have seen, in milliseconds and counts. */
export interface Seen {
  /** One request that was answered 200, its wait in the server's row included. */
  pushes: number[];
  pulls: number[];
  /** A batch until it was acknowledged, with the waits that the server asked for. */
  batches: number[];
  /** How often each status was answered. */
  statuses: Map<number, number>;
  waitedMs: number;
}

/** A shift's sales, made before the burst: building and hashing them is no part of it. */
export function makeInvoices(
  terminal: ApiTerminal,
  products: readonly Product[],
  count: number,
): Invoice[] {
  return Array.from({ length: count }, (_, index) => {
    const lines = [0, 1, 2].map((line) => products[(index * 3 + line) % products.length]);
    return terminal.ticket(lines.filter((product) => product !== undefined));
  });
}

/**
 * Sends its invoices in batches, and after each receives what is new in its store. Waits as the server says, with jitter.
 * Returns what was acknowledged; what was not, because the time was up, is missing in it.
 */
export async function burst(
  terminal: ApiTerminal,
  {
    invoices,
    batch,
    seen,
    random,
    goesOn,
  }: {
    invoices: readonly Invoice[];
    batch: number;
    seen: Seen;
    random: () => number;
    goesOn: () => boolean;
  },
): Promise<{ acknowledged: Invoice[]; problems: string[] }> {
  const acknowledged: Invoice[] = [];
  const problems: string[] = [];
  const asked = async (task: () => ReturnType<ApiTerminal['request']>, times: number[]) => {
    while (goesOn()) {
      const began = performance.now();
      const reply = await task();
      seen.statuses.set(reply.status, (seen.statuses.get(reply.status) ?? 0) + 1);
      if (reply.status === 200) {
        times.push(performance.now() - began);
        return reply;
      }
      const seconds = retrySeconds(reply.headers.get('retry-after'));
      const mayWait = (reply.status === 503 || reply.status === 429) && seconds !== null;
      if (!mayWait) throw new Error(`${reply.status} ${reply.text.slice(0, 300)}`);
      const ms = busyWaitMs(seconds, random());
      seen.waitedMs += ms;
      await wait(ms);
    }
    return null;
  };
  let seq = 0;
  const receive = async (): Promise<void> => {
    for (let remaining = 1; remaining > 0; ) {
      const epoch = seq === 0 ? '' : terminal.session.epoch;
      const path = `/api/sync/invoices?epoch=${epoch}&seq=${seq}&limit=1000`;
      const reply = await asked(() => terminal.request('GET', path), seen.pulls);
      if (reply === null) return;
      const page = reply.body as { checkpoint: { seq: number }; remaining: number };
      seq = page.checkpoint.seq;
      remaining = page.remaining;
    }
  };
  for (let at = 0; at < invoices.length; at += batch) {
    const sent = invoices.slice(at, at + batch);
    const rows = sent.map((newDocumentState) => ({ newDocumentState }));
    const body = JSON.stringify({ epoch: terminal.session.epoch, rows });
    const began = performance.now();
    const reply = await asked(
      () => terminal.request('POST', '/api/sync/invoices', undefined, body),
      seen.pushes,
    );
    if (reply === null) break;
    seen.batches.push(performance.now() - began);
    const { accepted, superseded, conflicts, rejected } = reply.body as PushReply;
    const ids = new Set(accepted.map(({ id }) => id));
    acknowledged.push(...sent.filter(({ id }) => ids.has(id)));
    if (superseded.length + conflicts.length + rejected.length > 0) {
      problems.push(`not accepted: ${JSON.stringify(rejected).slice(0, 300)}`);
    }
    await receive();
  }
  return { acknowledged, problems };
}
