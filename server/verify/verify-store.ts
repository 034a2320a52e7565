import {
  type ChainLink,
  type ChainVerdict,
  type IsSigned,
  type KnownLink,
  linkOf,
  type StoredInvoice,
  verifyChain,
} from '../../shared/chain/verify-chain';
import { signatureVerifier } from '../auth/verify-signature';
import type { StoreScope } from '../store/port';

/** Documents that are read at once. */
const PAGE = 2000;

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

async function readLinks(scope: StoreScope): Promise<ChainLink[]> {
  const links: ChainLink[] = [];
  for (let seq = 0, remaining = 1; remaining > 0; ) {
    const page = await scope.documents.page('invoices', seq, PAGE);
    for (const { json } of page.documents) {
      const link = readLink(json);
      if (link !== null) links.push(link);
    }
    seq = page.documents.at(-1)?.seq ?? seq;
    remaining = page.remaining;
  }
  return links;
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

/** Walks the chain of every terminal of a store over what lies in the database, and names the first bad link of each. */
export async function verifyStore(scope: StoreScope): Promise<readonly TerminalVerdict[]> {
  const terminals = await scope.auth.terminals();
  /* Before the documents: both are written in one transaction, so what is known is there, whatever comes meanwhile. */
  const known = byTerminal<KnownLink & { terminalId: string }>(await scope.ledger.links());
  const links = byTerminal(await readLinks(scope));
  const ids = new Set([...terminals.map(({ id }) => id), ...links.keys(), ...known.keys()]);
  return [...ids]
    .map((terminalId) => {
      const terminal = terminals.find(({ id }) => id === terminalId);
      return {
        terminalId,
        number: terminal?.number ?? 0,
        name: terminal?.name ?? '',
        ...verifyChain(links.get(terminalId) ?? [], {
          isSigned: signatureOf(terminal?.publicKey ?? ''),
          signedFrom: terminal?.signedFrom ?? 0,
          known: known.get(terminalId) ?? [],
        }),
      };
    })
    .sort((a, b) => a.number - b.number);
}
