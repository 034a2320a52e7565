import { AppError } from '../../shared/errors/app-error';
import type { RescueRequest } from '../../shared/protocol/rescue-messages';
import { collectionHash, documentHash, rescueProofBytes } from '../../shared/rescue/rescue-proof';
import { signatureVerifier } from '../auth/verify-signature';
import type { StoredTerminal } from '../store/auth-port';

/**
 * Whether the terminal's own key shows that these rows are from its file, as it made them; false where the file has no
 * proof, or the terminal no key: then only who brings it in vouches for it. A proof that does not hold is no mishap:
 * RESCUE_PROOF_FAILED.
 */
export function isProvenRescue(
  maker: StoredTerminal,
  collection: string,
  { proof, madeAt, rows }: RescueRequest,
): boolean {
  if (proof === undefined || maker.publicKey === '') return false;
  const { signature, collections, documents } = proof;
  const signed = rescueProofBytes({ terminalId: maker.id, madeAt, collections });
  const own: Readonly<Record<string, string>> = collections;
  const listed = new Set(documents);
  const holds =
    own[collection] === collectionHash(documents) &&
    rows.every(({ newDocumentState }) => listed.has(documentHash(newDocumentState))) &&
    signatureVerifier(maker.publicKey)(signed, signature);
  if (!holds) throw new AppError('RESCUE_PROOF_FAILED');
  return true;
}
