import type { Product } from '../../schemas/products';
import { ERRORS, isErrorCode } from '../../shared/errors/registry';
import { type AttackedServer, startAttackedServer } from './attacked-server';
import { type Cast, castOf } from './cast';
import { type Rows, readRows } from './database-rows';
import { createGenerator } from './generator';
import { type Answer, createSender, RAW, sendRaw } from './send';

export interface AttackReport {
  sent: number;
  /** By kind of attack, and by status. */
  table: Map<string, Map<number, number>>;
  problems: string[];
  /** Lines of the server's log at level error. */
  defects: string[];
  memory: { early: number; late: number; highest: number };
  seconds: number;
}

/** Requests at a time. */
const AT_ONCE = 16;
const MEMORY_EVERY = 250;
/** Statuses under which there may be something other than a problem in JSON. */
const isFine = (status: number): boolean => status >= 200 && status < 400;

/**
 * Sends hostile requests to the real server in a process of its own, and looks whether it answered each as documented,
 * changed nothing, kept its memory, and serves a terminal afterwards.
 */
export async function runAttack(options: {
  root: string;
  requests: number;
  seed: number;
  maxSeconds: number;
  /** Over PostgreSQL: the address of an empty database; else over the embedded one. */
  databaseUrl?: string | undefined;
  onProgress?: (sent: number, memory: number) => void;
}): Promise<AttackReport> {
  const { requests, seed, maxSeconds } = options;
  const server = await startAttackedServer(options.root, options.databaseUrl);
  const sender = createSender(server.port);
  const table: AttackReport['table'] = new Map();
  const problems = new Set<string>();
  const samples: number[] = [];
  const started = Date.now();
  let sent = 0;
  const note = (kind: string, answer: Answer): void => {
    sent += 1;
    const row = table.get(kind) ?? new Map<number, number>();
    table.set(kind, row.set(answer.status, (row.get(answer.status) ?? 0) + 1));
    if (sent % MEMORY_EVERY === 0) samples.push(server.memory());
  };
  try {
    const cast = await castOf(server);
    const next = createGenerator(seed, cast);
    const before = { rows: await readRows(server.place), status: await statusOf(cast) };
    const worker = async (): Promise<void> => {
      while (sent < requests && server.isRunning() && Date.now() - started < maxSeconds * 1000) {
        const attack = next();
        const answer = await sender.send(attack);
        note(attack.kind, answer);
        const why = problemOf(answer, attack.method);
        if (why !== null)
          problems.add(
            `${attack.kind}: ${why}: ${attack.method} ${attack.path.slice(0, 100)} ${String(attack.body ?? '').slice(0, 300)}`,
          );
        if (sent % 5000 === 0) options.onProgress?.(sent, server.memory());
      }
    };
    for (const text of RAW) {
      const answer = await sendRaw(server.port, text);
      note('no HTTP', answer);
      /* Without a host, node answers by itself, with nothing but the status. */
      const isNodes = answer.status === 400 && !text.includes('host:');
      const why = answer.status === 0 || isNodes ? null : problemOf(answer, 'GET');
      if (why !== null) problems.add(`no HTTP: ${why}: ${text.slice(0, 60)}`);
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (!server.isRunning()) problems.add('the server has ended');
    else for (const problem of await afterwards(server, cast, before)) problems.add(problem);
  } finally {
    sender.close();
    await server.stop();
  }
  const defects = server.log().split('\n').filter(Boolean);
  return {
    sent,
    table,
    problems: [...problems],
    defects,
    memory: memoryOf(samples),
    seconds: (Date.now() - started) / 1000,
  };
}

/** Why an answer is not as SPEC.md has it, or null. */
function problemOf(
  { status, contentType, retryAfter, body }: Answer,
  method: string,
): string | null {
  if (status === 0) return 'no answer';
  if (status >= 500 && (status !== 503 || retryAfter === '')) return `status ${status}`;
  if (body.includes('polluted')) return 'a key of a prototype came through';
  if (isFine(status) || method === 'HEAD') return null;
  if (!contentType.startsWith('application/problem+json')) return `${status} is no problem+json`;
  const problem = JSON.parse(body) as { code?: unknown; status?: unknown };
  if (!isErrorCode(problem.code)) return `${status} has no known code`;
  return ERRORS[problem.code].status === status ? null : `${status} is not that of its code`;
}

async function statusOf({ owner, foreigner }: Cast): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const terminal of [owner, foreigner]) {
    const { body } = await terminal.request('GET', '/api/sync/status');
    found.push((body as { collections: unknown }).collections);
  }
  return found;
}

/** Nothing has changed, and a terminal still sells. */
async function afterwards(
  server: AttackedServer,
  cast: Cast,
  before: { rows: Rows; status: unknown[] },
): Promise<string[]> {
  const problems: string[] = [];
  const rows = await readRows(server.place);
  for (const [name, digest] of Object.entries(before.rows.digests)) {
    if (rows.digests[name] !== digest) problems.push(`the table ${name} has changed`);
  }
  if (rows.quarantine > 256) problems.push(`${rows.quarantine} bodies were kept aside`);
  if (JSON.stringify(await statusOf(cast)) !== JSON.stringify(before.status)) {
    problems.push('counts or digests have changed');
  }
  const { cashier } = cast;
  const products = (await cashier.pull('products', 0, 3)).documents as Product[];
  const ticket = cashier.ticket(products);
  const reply = await cashier.push('invoices', [ticket]);
  if (reply.accepted?.[0]?.id !== ticket.id) problems.push('a terminal’s sale is no longer taken');
  return problems;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The second fifth (the first one warms up) against the last. */
function memoryOf(samples: readonly number[]): AttackReport['memory'] {
  const fifth = Math.ceil(samples.length / 5);
  return {
    early: median(samples.slice(fifth, 2 * fifth)),
    late: median(samples.slice(-fifth)),
    highest: Math.max(0, ...samples),
  };
}
