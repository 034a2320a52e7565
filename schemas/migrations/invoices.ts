import type { Migration } from './migration';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is issued is never changed: the new members say that nothing was approved and nothing signed. */
export const invoiceMigrations: Record<number, Migration> = {
  1: (invoice) => {
    const { approvals = [], chain, ...rest } = invoice;
    return { ...rest, approvals, chain: isRecord(chain) ? { signature: '', ...chain } : chain };
  },
};

/** An invoice as version 1 of the protocol knew it: what it has no room for is left out. */
export function invoiceOfProtocol1(invoice: Record<string, unknown>): Record<string, unknown> {
  const { approvals, chain, flags, ...rest } = invoice;
  const known = Array.isArray(flags) ? flags.filter((flag) => flag !== 'CHAIN_BROKEN') : flags;
  if (!isRecord(chain)) return { ...rest, chain, flags: known };
  const { signature, ...link } = chain;
  return { ...rest, chain: link, flags: known };
}
