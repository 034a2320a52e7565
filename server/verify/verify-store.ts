import {
  type ChainLink,
  type ChainVerdict,
  type IsSigned,
  type KnownLink,
  linkOf,
  type StoredInvoice,
  walkChain,
} from '../../shared/chain/verify-chain';
import { signatureVerifier } from '../auth/verify-signature';
import type { LinkPlace, StoreScope } from '../store/port';

/** Documents, or remembered links, that are read at once. */
const PAGE = 500;
/** Documents that are read between two pauses: a hash takes a tenth of a millisecond. */
const BATCH = 50;

/** Lets whatever else waits have its turn: a server has one thread, and a walk takes as long as a store has invoices. */
export type Pause = () => Promise<void>;

export interface TerminalVerdict extends ChainVerdict {
  terminalId: string;
  /** 0 where the store knows no such terminal. */
  number: number;
  name: string;
}

/** null: the stored text is no invoice any more. It is missed then, since the server remembers that it took one. */
function readLink(json: string): ChainLink | null {
  try {
    return linkOf(JSON.parse(json) as StoredInvoice);
  } catch {
    return null;
  }
}

/**
 * By id: what is written anew while the pages are read comes again at its new place, and is no second follower of its
 * predecessor.
 */
async function readLinks(scope: StoreScope, pause: Pause): Promise<ChainLink[]> {
  const links = new Map<string, ChainLink>();
  for (let seq = 0, remaining = 1; remaining > 0; ) {
    const page = await scope.documents.page('invoices', seq, PAGE, 'all');
    for (const [index, { json }] of page.documents.entries()) {
      if (index % BATCH === 0) await pause();
      const link = readLink(json);
      if (link !== null) links.set(link.id, link);
    }
    seq = page.documents.at(-1)?.seq ?? seq;
    remaining = page.remaining;
  }
  return [...links.values()];
}

/** What was ever taken, in pages. */
async function readKnown(scope: StoreScope, pause: Pause): Promise<KnownInvoice[]> {
  const known: KnownInvoice[] = [];
  for (let after: LinkPlace | null = null, more = true; more; ) {
    const page: readonly LinkPlace[] = await scope.ledger.links({ after, limit: PAGE });
    for (const { terminalId, invoiceId } of page) known.push({ terminalId, invoiceId });
    after = page.at(-1) ?? null;
    more = page.length === PAGE;
    await pause();
  }
  return known;
}

type KnownInvoice = Pick<LinkPlace, 'terminalId' | 'invoiceId'>;

/** Those that are not there any more, by number. */
async function goneOf(
  scope: StoreScope,
  known: readonly KnownInvoice[],
  there: ReadonlySet<string>,
): Promise<KnownLink[]> {
  const gone = known.filter(({ invoiceId }) => !there.has(invoiceId));
  if (gone.length === 0) return [];
  const numbers = await scope.ledger.consecutivesOf(gone.map(({ invoiceId }) => invoiceId));
  return gone
    .map(({ invoiceId }) => ({ invoiceId, consecutive: numbers.get(invoiceId) ?? '' }))
    .sort((a, b) => (a.consecutive < b.consecutive ? -1 : 1));
}

const byTerminal = <T extends { terminalId: string }>(all: readonly T[]): Map<string, T[]> => {
  const grouped = new Map<string, T[]>();
  for (const one of all) {
    const group = grouped.get(one.terminalId);
    if (group === undefined) grouped.set(one.terminalId, [one]);
    else group.push(one);
  }
  return grouped;
};

/** Whether a signature is this key's over a hash; null where the terminal has none. */
function signatureOf(publicKey: string): IsSigned | null {
  if (publicKey === '') return null;
  const verify = signatureVerifier(publicKey);
  return ({ hash, signature }) => verify(Buffer.from(hash, 'hex'), signature);
}

/**
 * Walks the chain of every terminal of a store over what lies in the database, and names the first bad link of each.
 * Pauses every few milliseconds.
 */
export async function verifyStore(
  scope: StoreScope,
  pause: Pause,
): Promise<readonly TerminalVerdict[]> {
  const terminals = await scope.auth.terminals();
  /* Before the documents: both are written in one transaction, so what is known is there, whatever comes meanwhile. */
  const known = byTerminal(await readKnown(scope, pause));
  const links = byTerminal(await readLinks(scope, pause));
  const ids = new Set([...terminals.map(({ id }) => id), ...links.keys(), ...known.keys()]);
  const verdicts: TerminalVerdict[] = [];
  for (const terminalId of ids) {
    const terminal = terminals.find(({ id }) => id === terminalId);
    const own = links.get(terminalId) ?? [];
    const walk = walkChain(own, {
      isSigned: signatureOf(terminal?.publicKey ?? ''),
      signedFrom: terminal?.signedFrom ?? 0,
      gone: await goneOf(scope, known.get(terminalId) ?? [], new Set(own.map(({ id }) => id))),
    });
    let step = walk.next();
    for (; !step.done; step = walk.next()) await pause();
    const { number = 0, name = '' } = terminal ?? {};
    verdicts.push({ terminalId, number, name, ...step.value });
  }
  return verdicts.sort((a, b) => a.number - b.number);
}
