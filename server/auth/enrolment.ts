import { AppError } from '../../shared/errors/app-error';
import { instant } from '../../shared/ports/clock';
import type { CodeReply, EnrolReply, EnrolRequest } from '../../shared/protocol/messages';
import type { ServerPorts } from '../ports';
import type { Store } from '../store/port';
import { codeHash, newCode, newToken, tokenHash } from './tokens';

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
    await scope.journal.audit({
      id: ports.ids.newId(),
      at: instant(now),
      actor,
      action: 'codeMade',
      details: { expiresAt },
    });
  });
  return { code, expiresAt };
}

/** Turns a code into a terminal with a number of its own and a credential. CODE_INVALID, BAD_REQUEST (no name). */
export async function enrol(
  { store, ports }: { store: Store; ports: ServerPorts },
  request: EnrolRequest,
): Promise<{ reply: EnrolReply; credential: string }> {
  const name = request.name.replaceAll(/\p{Cc}/gu, ' ').trim();
  if (name === '') throw new AppError('BAD_REQUEST', { path: '/name' });
  const at = instant(ports.clock.now());
  const hash = codeHash(request.code);
  const storeId = await store.storeOfCode(hash, at);
  if (storeId === null) throw new AppError('CODE_INVALID');
  const credential = newToken(ports.random);
  return store.transaction(storeId, async (scope) => {
    if (!(await scope.auth.redeemCode(hash, at))) throw new AppError('CODE_INVALID');
    const stored = await scope.self();
    if (stored === null) throw new AppError('CODE_INVALID');
    const terminal = {
      id: ports.ids.newId(),
      number: await scope.auth.nextTerminalNumber(),
      name,
    };
    await scope.auth.addTerminal({
      ...terminal,
      storeId,
      credentialHash: tokenHash(credential),
      enrolledAt: at,
      lastSeenAt: at,
      revokedAt: '',
    });
    await scope.journal.audit({
      id: ports.ids.newId(),
      at,
      actor: '',
      action: 'terminalEnrolled',
      terminalId: terminal.id,
      details: terminal,
    });
    return { reply: { epoch: stored.epoch, store: stored.profile, terminal }, credential };
  });
}
