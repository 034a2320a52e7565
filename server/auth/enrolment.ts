import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import type { CodeReply, EnrolReply, EnrolRequest } from '../../shared/protocol/messages';
import { enrolProofBytes } from '../../shared/protocol/proof-bytes';
import { writeAudit } from '../audit/write-audit';
import type { ServerPorts } from '../ports';
import type { Store } from '../store/port';
import { codeHash, newCode, newToken, tokenHash } from './tokens';
import { keyText, signatureVerifier } from './verify-signature';

const CODE_LIFE_MS = 24 * 3600 * 1000;

/** Makes a one-time code for one more terminal of a store. */
export async function makeCode(
  { store, ports }: { store: Store; ports: ServerPorts },
  { storeId, actor }: { storeId: string; actor: string },
): Promise<CodeReply> {
  const now = ports.clock.now();
  const code = newCode(ports.random);
  const expiresAt = instant(now + CODE_LIFE_MS);
  await store.transaction(storeId, async (scope) => {
    await scope.auth.addCode(codeHash(code), expiresAt);
    await writeAudit(scope, ports, { actor, action: 'codeMade', details: { expiresAt } });
  });
  return { code, expiresAt };
}

/** A name as a person may type it, in one line. BAD_REQUEST where it says nothing. */
export function terminalName(typed: string): string {
  const name = typed.replaceAll(/\p{Cc}/gu, ' ').trim();
  if (name === '') throw new AppError('BAD_REQUEST', { path: '/name' });
  return name;
}

/** The key that a request brings, once it is shown that the sender holds it; '' where there is none. */
function enrolledKey({ code, key }: EnrolRequest): string {
  if (key === undefined) return '';
  const stored = keyText(key.publicKey);
  const isHeld = stored !== null && signatureVerifier(stored)(enrolProofBytes(code), key.signature);
  if (!isHeld) throw new AppError('TERMINAL_PROOF_FAILED');
  return stored;
}

/**
 * Turns a code into a terminal with a number of its own and a credential. CODE_INVALID, BAD_REQUEST (no name),
 * TERMINAL_PROOF_FAILED. A terminal that shows code and key again, since it never heard the answer, is the same terminal.
 */
export async function enrol(
  { store, ports }: { store: Store; ports: ServerPorts },
  request: EnrolRequest,
): Promise<{ reply: EnrolReply; credential: string }> {
  const name = terminalName(request.name);
  const publicKey = enrolledKey(request);
  const at = instant(ports.clock.now());
  const hash = codeHash(request.code);
  const storeId = await store.storeOfCode(hash, at);
  if (storeId === null) throw new AppError('CODE_INVALID');
  const credential = newToken(ports.random);
  return store.transaction(storeId, async (scope) => {
    const stored = await scope.self();
    if (stored === null) throw new AppError('CODE_INVALID');
    const replyFor = ({ id, number, name: called }: EnrolReply['terminal']) => ({
      reply: {
        epoch: stored.epoch,
        store: stored.profile,
        terminal: { id, number, name: called },
      },
      credential,
    });
    const id = ports.ids.newId();
    if (!(await scope.auth.redeemCode(hash, at, id))) {
      const known = await scope.auth.terminalOfCode(hash, at);
      const isSame =
        known !== null &&
        known.revokedAt === '' &&
        publicKey !== '' &&
        known.publicKey === publicKey;
      if (!isSame) throw new AppError('CODE_INVALID');
      await scope.auth.setCredential(known.id, tokenHash(credential));
      return replyFor(known);
    }
    const terminal = { id, number: await scope.auth.nextTerminalNumber(), name };
    await scope.auth.addTerminal({
      ...terminal,
      storeId,
      credentialHash: tokenHash(credential),
      enrolledAt: at,
      lastSeenAt: at,
      revokedAt: '',
      publicKey,
      nonce: '',
      copiedAt: '',
      /* It has had its key from the beginning: there is nothing unsigned to wait for. */
      signedFrom: publicKey === '' ? 0 : 1,
    });
    await writeAudit(scope, ports, {
      action: 'terminalEnrolled',
      terminalId: terminal.id,
      details: { ...terminal, hasKey: publicKey !== '' },
    });
    return replyFor(terminal);
  });
}
