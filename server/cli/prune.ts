import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors/app-error';
import { forgetEdits } from '../archive/forget-edits';
import { setKeepDays } from '../archive/keep-days';
import { pruneStore } from '../archive/prune-store';
import { withStore } from './with-store';

/*
 * npm run prune -- [--store ID] [--keep-days N] [--dry-run]: archives the invoices that terminals need not hold any longer,
 * while servers go on working; a server does it by itself every hour. No document is removed from the database; edits that
 * others have built on many times are forgotten.
 */
const { values } = parseArgs({
  options: {
    store: { type: 'string' },
    'keep-days': { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
});
const dryRun = values['dry-run'];
const days = values['keep-days'];

await withStore(values.store, async (context, { id, profile }) => {
  console.log(`Sucursal: ${profile.name}${dryRun ? ' (prueba: no se cambia nada)' : ''}`);
  if (days !== undefined && !dryRun) {
    try {
      const keepDays = /^\d{1,5}$/.test(days) ? Number(days) : -1;
      await setKeepDays(context, id, { keepDays, actor: 'cli' });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'BAD_REQUEST') throw error;
      console.error('--keep-days: 0 (los terminales guardan todo) o de 30 en adelante');
      process.exitCode = 1;
      return;
    }
  }
  if (!dryRun) {
    const forgotten = await forgetEdits(context.store, id);
    if (forgotten > 0) console.log(`Ediciones antiguas olvidadas: ${forgotten}`);
  }
  const stored = await context.store.store(id);
  const keepDays = stored?.profile.keepDays ?? 0;
  if (keepDays === 0) {
    console.log('Los terminales guardan todas las facturas (--keep-days N para cambiarlo).');
    return;
  }
  const clock = context.ports.clock;
  const pruned = await pruneStore({ store: context.store, clock }, id, { dryRun });
  console.log(`Los terminales guardan ${keepDays} días.`);
  if (pruned.cuts === 0) console.log('No hay facturas por archivar.');
  else {
    const verb = dryRun ? 'Se archivarían' : 'Archivadas';
    console.log(`${verb}: ${pruned.archived}, emitidas antes de ${pruned.before}`);
  }
});
