import { existsSync } from 'node:fs';
import { instant } from '../../shared/ports/clock';
import { machinePorts } from '../ports';
import { moveToPostgres } from '../store/move/move-data';
import { placeOf, sqliteFile } from '../store/open-database';
import { dataProblem } from './data-problem';

/*
 * DATABASE_URL=postgres://... npm run migrate:postgres: moves the data of DATA_DIR to an empty PostgreSQL database. The
 * server must be stopped; terminals do not notice, since epoch, sequence numbers and sessions go along.
 */
const { dataDir, databaseUrl } = placeOf(process.env, 'data');
if (databaseUrl === undefined || !existsSync(sqliteFile(dataDir))) {
  console.error('Uso: DATABASE_URL=postgres://... [DATA_DIR=carpeta] npm run migrate:postgres');
  if (databaseUrl !== undefined) console.error(`No hay datos en ${dataDir}.`);
  process.exit(1);
}
try {
  const at = instant(machinePorts.clock.now());
  const rows = await moveToPostgres({ dataDir, databaseUrl }, at);
  console.log(`Pasadas ${rows} filas a PostgreSQL. Inicie los servidores con esta DATABASE_URL.`);
  console.log(`${dataDir} queda como estaba, y ningún servidor lo abrirá.`);
} catch (error) {
  console.error(dataProblem(error));
  process.exitCode = 1;
}
