import type { Observable } from 'rxjs';
import type { CollectionName } from '../../schemas/registry';
import type { DifferenceKind } from '../../shared/proof/classify';
import type { Equality } from '../../shared/proof/equality';
import type { Contents } from '../../shared/protocol/messages';

/** How one collection compared with the server when it was last looked at. */
export interface CollectionProof {
  readonly collection: CollectionName;
  /** Instant of the comparison; null: never compared. */
  readonly at: string | null;
  readonly equality: Equality;
  readonly local: Contents | null;
  readonly server: Contents | null;
  /** Documents that are pending here and were left out on both sides. */
  readonly leftOut: number;
}

export interface DifferingDocument {
  readonly id: string;
  readonly kind: DifferenceKind;
  /** Words by which a person knows it; its id where they are not known here. */
  readonly title: string;
  /** 0 where it is missing. */
  readonly localVer: number;
  readonly serverVer: number;
}

export interface Differences {
  readonly documents: readonly DifferingDocument[];
  /** Differ because they are pending here: the next sync settles them. */
  readonly pending: number;
  /** The server has something newer: the next sync brings it. */
  readonly newer: number;
}

export interface RepairCounts {
  /** Taken from the server. */
  readonly received: number;
  /** The server lacked them: pending again, the next sync sends them. */
  readonly toSend: number;
  /** Of the server's own kinds, and the server no longer has them: taken away here. */
  readonly removed: number;
  /** Left as they are: edited here meanwhile, or gone at the server. */
  readonly untouched: number;
  /** More than one repair takes. */
  readonly left: number;
}

/**
 * The proof that this terminal holds what the server holds. All but `proofs$` need the server, and wait for no sync:
 * SYNC_BUSY while one is on, NETWORK, SESSION_EXPIRED, EPOCH_CHANGED (the next sync takes that up).
 */
export interface ProofService {
  /** One for each received collection, again at each change: every sync ends with a comparison. */
  readonly proofs$: Observable<readonly CollectionProof[]>;
  /** Counts every document here anew and compares with the server as it is now. */
  compare(): Promise<readonly CollectionProof[]>;
  /** The very documents that differ. */
  differences(collection: CollectionName): Promise<Differences>;
  /** Brings the differing documents to what they should be, none that is pending here, and compares again. */
  repair(collection: CollectionName): Promise<RepairCounts>;
}
