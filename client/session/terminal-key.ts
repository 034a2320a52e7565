import type { PublicKey } from '../../shared/chain/signature';

/** The key of this browser profile: what it signs, nobody else can have signed. */
export interface TerminalKey {
  readonly publicKey: PublicKey;
  /** ECDSA over SHA-256 of the bytes: r and s, 64 bytes, base64url. */
  sign(bytes: Uint8Array): Promise<string>;
}

/** The profile's key, made where there is none yet; null where the browser can hold none (plain http). */
export type OpenTerminalKey = () => Promise<TerminalKey | null>;
