import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import { type StoreProfile, storeProfileSchema } from '../../shared/protocol/messages';
import { writeAudit } from '../audit/write-audit';
import type { ServerPorts } from '../ports';
import type { Store } from '../store/port';

/**
 * Says for how many days a store's terminals hold invoices (0: for ever, else 30 or more); in the log with what was before.
 * Returns the profile. BAD_REQUEST names what does not fit; NOT_FOUND.
 */
export function setKeepDays(
  { store, ports }: { store: Store; ports: ServerPorts },
  storeId: string,
  {
    keepDays,
    actor,
    terminalId = '',
  }: { keepDays: number; actor: string; terminalId?: string | undefined },
): Promise<StoreProfile> {
  return store.transaction(storeId, async (scope) => {
    const stored = await scope.self();
    if (stored === null) throw new AppError('NOT_FOUND');
    const { keepDays: from = 0 } = stored.profile;
    const checked = validate<StoreProfile>(storeProfileSchema, { ...stored.profile, keepDays });
    if (!checked.ok) throw new AppError('BAD_REQUEST', { path: checked.path });
    if (from === keepDays) return checked.value;
    await scope.setProfile(checked.value);
    const details = { keepDays: { from, to: keepDays } };
    await writeAudit(scope, ports, { actor, terminalId, action: 'storeChanged', details });
    return checked.value;
  });
}
