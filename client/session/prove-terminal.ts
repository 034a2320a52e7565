import type { TerminalProof } from '../../shared/protocol/messages';
import { challengeReplySchema } from '../../shared/protocol/messages';
import { loginProofBytes } from '../../shared/protocol/proof-bytes';
import type { ApiClient } from '../http/api-client';
import type { Nonce } from './nonces';
import type { TerminalKey } from './terminal-key';

/** Asks the server for something to sign, and signs it for the login of this user. Throws what the server answers. */
export async function proveTerminal(
  { api, key, nonce }: { api: ApiClient; key: TerminalKey; nonce: Nonce },
  { terminalId, userName }: { terminalId: string; userName: string },
): Promise<TerminalProof> {
  const { challenge } = await api.request<{ challenge: string }>(
    { method: 'POST', path: '/api/session/challenge', body: { terminalId } },
    challengeReplySchema,
  );
  const bytes = loginProofBytes({ terminalId, challenge, userName, nonce: nonce.next });
  return {
    terminalId,
    challenge,
    signature: await key.sign(bytes),
    publicKey: key.publicKey,
    nonce,
  };
}
