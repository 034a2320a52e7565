import { createKyselyStore } from '../../server/store/kysely-store';
import { openPostgres } from '../../server/store/postgres/open-postgres';
import { cutsContract } from '../contract/cuts-contract';
import { type StoreUnderTest, storeContract } from '../contract/store-contract';
import { postgresDatabase } from '../kit/test-database';

/** What a full disk says, said by a trigger: the code is PostgreSQL's own, and so is all that follows from it. */
const FULL = `
  create function no_room() returns trigger language plpgsql as $$ begin
    if (select count(*) from documents) > 20 then
      raise exception using errcode = 'disk_full', message = 'could not extend file';
    end if;
    return new;
  end $$`;

const setUp = async (): Promise<StoreUnderTest> => {
  const database = await postgresDatabase();
  return {
    open: () =>
      createKyselyStore(
        openPostgres({ url: database.place.databaseUrl ?? '', onIdleError: () => {} }),
      ),
    setFull: async (full) => {
      const on = [
        FULL,
        'create trigger disk_full before insert on documents for each row execute function no_room()',
      ];
      await (full ? database.run(...on) : database.run('drop trigger disk_full on documents'));
    },
    remove: database.remove,
  };
};

storeContract('PostgreSQL', setUp);
cutsContract('PostgreSQL', setUp);
