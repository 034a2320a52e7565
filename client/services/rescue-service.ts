import type { RescueFacts } from '../../shared/rescue/rescue-file';
import type { PendingKind } from './status-service';

/** A file to keep, and the key that opens it, which stands nowhere else. */
export interface MadeRescue {
  readonly fileName: string;
  readonly text: string;
  /** Digits in groups of four. */
  readonly key: string;
  readonly facts: RescueFacts;
}

/** What the server made of one document of a file. */
export type RescueOutcome = 'saved' | 'known' | 'conflict' | 'rejected';

export interface RescueRow {
  readonly kind: PendingKind;
  readonly id: string;
  /** By which a person knows the document. */
  readonly title: string;
  readonly outcome: RescueOutcome;
  /** Of a refusal: an error code, and the server's message. */
  readonly code: string;
  readonly message: string;
}

export interface RescueResult {
  readonly facts: RescueFacts;
  readonly rows: readonly RescueRow[];
}

/**
 * What is pending on a terminal that cannot reach its server, as an encrypted file, and its import at another one.
 * Making a file marks nothing as sent; importing one, once or often, before or after its terminal syncs, stores
 * everything once.
 */
export interface RescueService {
  /** RESCUE_EMPTY where nothing is pending. */
  make(): Promise<MadeRescue>;
  /** What stands on the outside of a file. RESCUE_DAMAGED, RESCUE_TOO_NEW, RESCUE_FOREIGN, PROTOCOL_MISMATCH. */
  look(text: string): Promise<RescueFacts>;
  /**
   * Opens a file and sends it to the server. FORBIDDEN, RESCUE_WRONG_KEY, RESCUE_REVOKED, RESCUE_OLD_EPOCH (unless
   * `isAcrossEpochs`: then only what overwrites nothing is taken), SESSION_EXPIRED, NETWORK; after any of them it can be
   * imported again.
   */
  bringIn(request: { text: string; key: string; isAcrossEpochs?: boolean }): Promise<RescueResult>;
}
