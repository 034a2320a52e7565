import { COLLECTIONS, type CollectionName } from '../../schemas/registry';
import { AppError } from '../../shared/errors/app-error';
import { type Clock, instant } from '../../shared/ports/clock';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import type { Equality } from '../../shared/proof/equality';
import type { DeskDatabase } from '../db/database';
import type { Cuts } from '../sync/cuts';
import type { ReachedEnd } from '../sync/transfer';
import { compare } from './compare';
import { countContents, type KeptContents } from './kept-contents';
import type { Proofs } from './proofs';

/** Proves, at the end of a transfer, that this terminal holds what the server holds. */
export interface Prover {
  /**
   * Performs the transfer, which awaits `unsettle` before it writes anything that may change a version, and compares.
   * Null for a collection that is only sent. Throws what the transfer throws; a comparison that fails is `unknown`.
   */
  around(
    about: { name: CollectionName; epoch: string; signal: AbortSignal },
    transfer: (unsettle: () => Promise<void>) => Promise<ReachedEnd | null>,
  ): Promise<Equality | null>;
}

export function createProver(options: {
  db: DeskDatabase;
  transport: SyncTransport;
  kept: KeptContents;
  proofs: Proofs;
  cuts: Cuts;
  clock: Clock;
}): Prover {
  const { db, kept, proofs, cuts, clock } = options;

  /** Invoices that a cut names and that were acknowledged after it are told apart by asking, so only where it matters. */
  const dropLate = async (about: { epoch: string; signal: AbortSignal; isEqual: boolean }) => {
    const dropped = await cuts.dropLate(about, () => kept.replace('invoices', null));
    if (dropped === 0) return null;
    const local = await countContents(db.invoices as never);
    await kept.replace('invoices', local);
    return local;
  };

  return {
    async around(about, transfer) {
      const { name, signal } = about;
      if (COLLECTIONS[name].direction === 'up') {
        await transfer(() => Promise.resolve());
        return null;
      }
      const followed = await kept.follow(name);
      let reached: ReachedEnd | null;
      try {
        reached = await transfer(followed.unsettle);
      } catch (error) {
        followed.drop();
        throw error;
      }
      try {
        let local = await followed.settle();
        if (reached === null) return 'unknown';
        const { contents: server, seq } = reached;
        let found = await compare({ ...options, ...about, local, server, seq });
        const isEqual = found.equality === 'equal';
        /* What cannot be asked now is asked after the next run; what was found stands. */
        const rest =
          name === 'invoices' ? await dropLate({ ...about, isEqual }).catch(() => null) : null;
        if (rest !== null) {
          local = rest;
          found = await compare({ ...options, ...about, local, server, seq });
        }
        await proofs.write(name, { at: instant(clock.now()), seq, local, server, ...found });
        return found.equality;
      } catch (error) {
        if (signal.aborted) throw new AppError('CANCELLED', {}, { cause: error });
        return 'unknown';
      }
    },
  };
}
