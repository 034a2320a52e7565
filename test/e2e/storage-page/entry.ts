import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { composeDesk } from '../../../client/app/compose';
import type { OpenDesk } from '../../../client/desk/create-desk';
import { checkDexie, checkTaken } from './check-dexie';
import { checkNotes, checkNotesAtOnce } from './check-notes';

/* The page that test/e2e/storage.test.ts drives: our storage beside RxDB's own, and the real desk without screens. */
const storagePage = {
  checkDexie,
  checkTaken,
  checkNotes,
  checkNotesAtOnce,
  /** `plain`: over RxDB's Dexie storage as it comes, as version 0.1.0 had it. */
  open: async (storage: 'desk' | 'plain'): Promise<OpenDesk> =>
    storage === 'plain' ? composeDesk(getRxStorageDexie()) : composeDesk(),
};
export type StoragePage = typeof storagePage;

Object.assign(window, { storagePage });
