import { instant } from '../../shared/ports/clock';
import { machinePorts } from '../ports';
import { restore } from '../store/move/move-data';
import { placeOf } from '../store/open-database';
import { dataProblem } from './data-problem';
import { refuseMoved } from './refuse-moved';

/*
 * npm run restore -- FILE: fills an empty DATA_DIR or DATABASE_URL from a backup of either database, under a new epoch:
 * terminals send again what the backup lacks (F12).
 */
const [, , file] = process.argv;
if (file === undefined) {
  console.error(
    'Uso: npm run restore -- ARCHIVO   (a DATABASE_URL o DATA_DIR, que debe estar vacío)',
  );
  process.exit(1);
}
const place = placeOf(process.env, 'data');
refuseMoved(place);
try {
  const { ids, clock } = machinePorts;
  const at = instant(clock.now());
  const { rows, madeAt } = await restore(place, file, { newId: () => ids.newId(), at });
  console.log(
    `Restauradas ${rows} filas, de ${madeAt}. Época nueva: las terminales enviarán lo que falte.`,
  );
} catch (error) {
  console.error(dataProblem(error));
  process.exitCode = 1;
}
