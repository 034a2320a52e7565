import type { Kysely } from 'kysely';
import { COLLECTION_NAMES } from '../../../schemas/registry';
import { atOneMoment } from '../move/read-tables';
import { type DataPlace, openDatabase } from '../open-database';
import type { Tables } from '../tables';
import { checkDocuments } from './check-documents';
import { checkLedger } from './check-ledger';
import type { Finding } from './finding';

/**
 * Looks whether the stored data are what the server's transactions leave, store by store, each at one moment; servers may
 * go on working. Reads everything, and changes nothing. Returns what is wrong, and the number of documents looked at.
 */
export async function examine(
  place: DataPlace,
): Promise<{ stores: number; documents: number; findings: readonly Finding[] }> {
  const db = openDatabase(place, () => {});
  try {
    const findings: Finding[] = [...(await strayRows(db))];
    const stores = await db.selectFrom('stores').select('store_id').orderBy('store_id').execute();
    let documents = 0;
    for (const { store_id: storeId } of stores) {
      documents += await atOneMoment(db, (moment) =>
        examineStore(moment, storeId, (finding) => findings.push(finding)),
      );
    }
    return { stores: stores.length, documents, findings };
  } finally {
    await db.destroy();
  }
}

async function examineStore(
  db: Kysely<Tables>,
  storeId: string,
  tell: (finding: Finding) => void,
): Promise<number> {
  const report = (finding: Omit<Finding, 'storeId'>): void => tell({ storeId, ...finding });
  const serials = new Map<string, number[]>();
  for (const collection of COLLECTION_NAMES) {
    await checkDocuments(db, { storeId, collection, report, serials });
  }
  await checkLedger({ db, storeId, report }, serials);
  const counted = await db
    .selectFrom('documents')
    .where('store_id', '=', storeId)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(counted.n);
}

async function strayRows(db: Kysely<Tables>): Promise<Finding[]> {
  const rows = await db
    .selectFrom('counters')
    .where('store_id', 'not in', db.selectFrom('stores').select('store_id'))
    .select(['store_id', 'collection'])
    .execute();
  return rows.map(({ store_id: storeId, collection }) => ({
    storeId,
    check: 'STORE',
    subject: collection,
    found: storeId,
    expected: '-',
  }));
}
