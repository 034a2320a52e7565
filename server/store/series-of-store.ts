import type { Kysely } from 'kysely';
import { DocumentType } from '../../schemas/invoices';
import type { Consecutive } from '../../shared/fiscal/consecutive';
import type { StoreProfile } from '../../shared/protocol/messages';
import type { Tables } from './tables';

/** Every series that a store numbers its documents in: one of each type of each of its terminals, revoked ones too. */
export async function seriesOfStore(
  db: Kysely<Tables>,
  storeId: string,
): Promise<Omit<Consecutive, 'number'>[]> {
  const store = await db
    .selectFrom('stores')
    .where('store_id', '=', storeId)
    .select('profile')
    .executeTakeFirstOrThrow();
  const { branch } = JSON.parse(store.profile) as StoreProfile;
  const terminals = await db
    .selectFrom('terminals')
    .where('store_id', '=', storeId)
    .select('number')
    .execute();
  return terminals.flatMap((terminal) =>
    DocumentType.anyOf.map(({ const: type }) => ({
      branch,
      terminalNumber: Number(terminal.number),
      type,
    })),
  );
}
