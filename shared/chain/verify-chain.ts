import type { Invoice } from '../../schemas/invoices';
import { parseConsecutive } from '../fiscal/consecutive';
import { invoiceHash } from './invoice-hash';

/**
 * What is wrong with a link: the content is not what was sealed; it does not follow the one before it (which is missing,
 * or another); two follow the same one; a number is missing or comes twice; the signature is not the terminal's, or is
 * missing where the terminal had begun to sign; the server took an invoice that is not there any more.
 */
export type LinkFault =
  | 'CONTENT_CHANGED'
  | 'PREVIOUS_MISSING'
  | 'FORKED'
  | 'NUMBER_MISSING'
  | 'NUMBER_TWICE'
  | 'SIGNATURE_WRONG'
  | 'SIGNATURE_MISSING'
  | 'DOCUMENT_MISSING';

/** The first bad link of a terminal's chain. */
export interface BadLink {
  fault: LinkFault;
  invoiceId: string;
  consecutive: string;
  serial: number;
  issuedAt: string;
  /** What was expected there: a hash or a number, by the fault; '' where that says nothing. */
  expected: string;
  found: string;
}

export interface ChainVerdict {
  /** Invoices that were looked at. */
  count: number;
  /** Those with a signature of the terminal's key. */
  signed: number;
  /** Hash of the last one, '' where there is none; a receipt shows its end. */
  lastHash: string;
  /** null: the whole chain holds. */
  bad: BadLink | null;
}

/** A stored invoice: of any time, also from before there were signatures. */
export type StoredInvoice = Omit<Invoice, 'approvals' | 'chain'> &
  Partial<Pick<Invoice, 'approvals'>> & {
    chain: Pick<Invoice['chain'], 'prev' | 'hash'> & Partial<Pick<Invoice['chain'], 'signature'>>;
  };

/** What the walk needs of an invoice: a chain of a hundred thousand fits into memory. */
export interface ChainLink
  extends Pick<Invoice, 'id' | 'terminalId' | 'serial' | 'type' | 'consecutive' | 'issuedAt'> {
  prev: string;
  /** The hash that the invoice says, and the one that its content gives. */
  hash: string;
  computed: string;
  signature: string;
}

/** Whether a signature is the terminal's over a hash. */
export type IsSigned = (chain: { hash: string; signature: string }) => boolean;

/** An invoice that the server once took; the number is '' where it does not remember that. */
export interface KnownLink {
  invoiceId: string;
  consecutive: string;
}

/** Links that are looked at between two pauses. */
const LINKS_AT_ONCE = 50;

export const linkOf = (invoice: StoredInvoice): ChainLink => {
  const { id, terminalId, serial, type, consecutive, issuedAt, chain } = invoice;
  const { prev, hash, signature = '' } = chain;
  const place = { id, terminalId, serial, type, consecutive, issuedAt };
  return { ...place, prev, hash, signature, computed: invoiceHash(invoice) };
};

/**
 * Walks the invoices of one terminal by their serials: the hash of each is computed anew, must be what the next one says
 * that it follows, and must be signed by the terminal's key from the first signature on; consecutives have no gap
 * and no double. `isSigned` is null for a terminal without a key, `signedFrom` 0 where
 * the server knows of no signature. `gone`: what the server took once and has no more, in order. Names the first link that
 * does not hold. A link that was never received looks like one that was deleted, but for what `gone` says.
 *
 * Yields after every few links, since each signature takes a fifth of a millisecond: whoever walks a long chain can let
 * others have their turn.
 */
export function* walkChain(
  links: readonly ChainLink[],
  {
    isSigned,
    signedFrom,
    gone,
  }: { isSigned: IsSigned | null; signedFrom: number; gone: readonly KnownLink[] },
): Generator<void, ChainVerdict> {
  const sorted = [...links].sort(
    (a, b) => a.serial - b.serial || (a.consecutive < b.consecutive ? -1 : 1),
  );
  const verdict: ChainVerdict = {
    count: sorted.length,
    signed: sorted.filter(({ signature }) => signature !== '').length,
    lastHash: sorted.at(-1)?.hash ?? '',
    bad: null,
  };
  const seen: Seen = { prev: '', followed: new Set(), numbers: new Map(), isSigning: false };
  for (const [index, link] of sorted.entries()) {
    if (index % LINKS_AT_ONCE === 0) yield;
    if (signedFrom > 0 && link.serial >= signedFrom) seen.isSigning = true;
    const fault = faultOf(link, seen, isSigned);
    if (fault !== null) {
      const { id, consecutive, serial, issuedAt } = link;
      return { ...verdict, bad: { ...fault, invoiceId: id, consecutive, serial, issuedAt } };
    }
    seen.followed.add(link.prev);
    seen.prev = link.hash;
    seen.numbers.set(link.type, numberOf(link));
    if (link.signature !== '') seen.isSigning = true;
  }
  return { ...verdict, bad: missing(gone) };
}

/** The end of a chain can be cut off without a trace in what is left of it: what was once taken has to be there. */
function missing([first]: readonly KnownLink[]): BadLink | null {
  if (first === undefined) return null;
  const nowhere = { serial: 0, issuedAt: '', expected: '', found: '' };
  return { ...first, ...nowhere, fault: 'DOCUMENT_MISSING' };
}

/** What the links so far have shown. */
interface Seen {
  prev: string;
  followed: Set<string>;
  /** Last number, by document type. */
  numbers: Map<string, number>;
  isSigning: boolean;
}

const numberOf = ({ consecutive }: ChainLink): number => parseConsecutive(consecutive)?.number ?? 0;

function faultOf(
  link: ChainLink,
  { prev, followed, numbers, isSigning }: Seen,
  isSigned: IsSigned | null,
): Pick<BadLink, 'fault' | 'expected' | 'found'> | null {
  const { hash, computed, signature } = link;
  if (hash !== computed) return { fault: 'CONTENT_CHANGED', expected: hash, found: computed };
  if (followed.has(link.prev)) return { fault: 'FORKED', expected: prev, found: link.prev };
  if (link.prev !== prev) return { fault: 'PREVIOUS_MISSING', expected: prev, found: link.prev };
  const last = numbers.get(link.type) ?? 0;
  const number = numberOf(link);
  if (number !== last + 1) {
    const fault = number <= last ? 'NUMBER_TWICE' : 'NUMBER_MISSING';
    return { fault, expected: String(last + 1), found: String(number) };
  }
  if (signature === '') {
    return isSigning ? { fault: 'SIGNATURE_MISSING', expected: '', found: '' } : null;
  }
  const holds = isSigned === null || isSigned({ hash, signature });
  return holds ? null : { fault: 'SIGNATURE_WRONG', expected: '', found: '' };
}
