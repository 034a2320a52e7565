import { movedNotice } from '../store/move/move-data';
import type { DataPlace } from '../store/open-database';

/** Ends the process where the folder's data live in PostgreSQL now: two servers would be two lives of one epoch. */
export function refuseMoved(place: DataPlace): void {
  const at = movedNotice(place);
  if (at === null) return;
  const lines = [
    `Los datos de ${place.dataDir} se pasaron a PostgreSQL (${at.trim()}).`,
    'Aquí no se abren: inicie con DATABASE_URL. Lo que hay en la carpeta queda como estaba.',
    'Solo si la base de PostgreSQL está vacía: borre el archivo MOVED_TO_POSTGRES de la carpeta.',
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}
