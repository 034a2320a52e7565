import { AppError } from '../../shared/errors/app-error';
import { storeError } from '../store/busy-error';

/** In words, what kept a backup, a restore or a move from being done; nothing was changed by it. */
export function dataProblem(error: unknown): string {
  const { code, details } = error instanceof AppError ? error : storeError(error);
  if (code === 'STORE_BUSY') {
    return 'La base de datos no responde o está ocupada. No se cambió nada; repita la orden.';
  }
  if (code === 'DATABASE_URL_BAD') {
    return 'DATABASE_URL no se puede leer: postgres://usuario:clave@servidor,otro/base. No se cambió nada.';
  }
  if (details['notEmpty'] === true) {
    return 'La base de destino ya tiene datos; solo se llena una vacía. No se cambió nada.';
  }
  if (details['inUse'] === true) {
    return 'Un servidor tiene abierta la carpeta de datos. Deténgalo y repita la orden; no se cambió nada.';
  }
  if (typeof details['backup'] === 'string') {
    return `El respaldo no se puede usar: ${details['backup']}. No se cambió nada.`;
  }
  if (typeof details['migration'] === 'string' || typeof details['table'] === 'string') {
    return 'El respaldo es de una versión más nueva de Mostrador. Actualice y repita; no se cambió nada.';
  }
  throw error;
}
