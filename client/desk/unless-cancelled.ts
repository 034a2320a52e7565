import { AppError } from '../../shared/errors/app-error';

/** CANCELLED where whoever asked has said "Cancelar" meanwhile: what was asked for must not happen any more. */
export function unlessCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('CANCELLED');
}
