import { existsSync } from 'node:fs';
import path from 'node:path';
import { instant } from '../../shared/ports/clock';
import { machinePorts } from '../ports';
import { backup } from '../store/move/move-data';
import { placeOf, sqliteFile } from '../store/open-database';
import { dataProblem } from './data-problem';

/*
 * npm run backup [-- FILE]: all data at one moment, from either database, while servers go on working. The file can be
 * restored to either database. It holds password hashes and sessions: keep it as you keep the database.
 */
const place = placeOf(process.env, 'data');
const at = instant(machinePorts.clock.now());
const stamp = at.slice(0, 19).replaceAll(/[:T]/g, '-');
const file = path.resolve(process.argv[2] ?? `mostrador-${stamp}.backup.gz`);
if (place.databaseUrl === undefined && !existsSync(sqliteFile(place.dataDir))) {
  console.error(`No hay datos en ${place.dataDir}.`);
  process.exit(1);
}
try {
  const rows = await backup(place, file, at);
  console.log(`${file}: ${rows} filas, de ${at}`);
} catch (error) {
  console.error(dataProblem(error));
  process.exitCode = 1;
}
