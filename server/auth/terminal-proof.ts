import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import type { TerminalProof } from '../../shared/protocol/messages';
import { loginProofBytes } from '../../shared/protocol/proof-bytes';
import type { ServerPorts } from '../ports';
import type { StoredTerminal } from '../store/auth-port';
import type { Store, StoreScope } from '../store/port';
import { newToken, tokenHash } from './tokens';
import { keyText, signatureVerifier } from './verify-signature';

const CHALLENGE_MS = 2 * 60 * 1000;

interface ProofContext {
  store: Store;
  ports: ServerPorts;
}

/** Something for the terminal to sign, good for one login within two minutes. */
export async function newChallenge(
  { store, ports }: ProofContext,
  terminal: StoredTerminal,
): Promise<string> {
  const challenge = newToken(ports.random);
  const now = ports.clock.now();
  const { auth } = store.scope(terminal.storeId);
  await auth.removeExpiredChallenges(instant(now));
  await auth.addChallenge({
    hash: tokenHash(challenge),
    terminalId: terminal.id,
    expiresAt: instant(now + CHALLENGE_MS),
  });
  return challenge;
}

/**
 * The key, as it is kept, that this proof was made with: the terminal's own, or one that it has only now and brings along.
 * Null where the terminal has none and brings none (a browser without WebCrypto). TERMINAL_PROOF_FAILED.
 */
export function provenKey(
  terminal: StoredTerminal,
  userName: string,
  proof: TerminalProof | undefined,
): string | null {
  const brought = proof?.publicKey === undefined ? null : keyText(proof.publicKey);
  const key = terminal.publicKey === '' ? brought : terminal.publicKey;
  if (key === null) return null;
  if (proof === undefined || proof.terminalId !== terminal.id) {
    throw new AppError('TERMINAL_PROOF_FAILED');
  }
  const bytes = loginProofBytes({ ...proof, userName, nonce: proof.nonce.next });
  if (!signatureVerifier(key)(bytes, proof.signature)) throw new AppError('TERMINAL_PROOF_FAILED');
  return key;
}

/**
 * Takes the rotation of a proven terminal's nonce. The terminal writes `next` down before it sends it and sends the same
 * until it is answered, so a lost answer looks like what it is. Anything else means that two profiles have this
 * identity: returns true, and the rotation is taken all the same, since both hold sales (F13).
 */
export async function rotateNonce(
  scope: StoreScope,
  terminal: StoredTerminal,
  { used, next }: TerminalProof['nonce'],
): Promise<boolean> {
  const isRepeated = terminal.nonce === next;
  if (isRepeated) return false;
  await scope.auth.setNonce(terminal.id, next);
  /* '' on our side: the terminal's first one, or the first after a restore, which took us back to an older one. */
  return terminal.nonce !== '' && terminal.nonce !== used;
}
