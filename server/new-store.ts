import { userSchema } from '../schemas/users';
import { validate } from '../schemas/validate';
import { isGoodPassword, PASSWORD_MIN } from '../shared/access/password-rule';
import { AppError } from '../shared/errors/app-error';
import { type StoreProfile, storeProfileSchema } from '../shared/protocol/messages';
import { writeAudit } from './audit/write-audit';
import { addUser } from './auth/users';
import type { ServerPorts } from './ports';
import type { Store } from './store/port';

export interface NewStore {
  profile: Omit<StoreProfile, 'id'>;
  owner: { userName: string; displayName: string; password: string };
}

/** Makes a store with its owner; returns the store's id. BAD_REQUEST names the field that does not fit. */
export async function addNewStore(
  { store, ports }: { store: Store; ports: ServerPorts },
  { profile, owner }: NewStore,
  actor = 'cli',
): Promise<string> {
  const id = ports.ids.newId();
  const checked = validate<StoreProfile>(storeProfileSchema, { id, ...profile });
  if (!checked.ok) throw new AppError('BAD_REQUEST', { path: checked.path });
  if (!/^\d{1,12}$/.test(profile.issuerId))
    throw new AppError('BAD_REQUEST', { path: '/issuerId' });
  const userName = validate(userSchema.properties.userName, owner.userName);
  if (!userName.ok) throw new AppError('BAD_REQUEST', { path: '/userName' });
  if (!isGoodPassword(owner.password)) {
    throw new AppError('BAD_REQUEST', { path: '/password', atLeast: PASSWORD_MIN });
  }
  const added = { id, epoch: ports.ids.newId(), profile: checked.value, demo: false };
  await store.addStore(added, async (scope) => {
    const user = await addUser(scope, ports, { id: ports.ids.newId(), role: 'owner', ...owner });
    const details = { owner: user.id };
    await writeAudit(scope, ports, { actor, action: 'storeAdded', details });
  });
  return id;
}
