import { Id, Instant } from '../../schemas/fields';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import type { ArchiveFilter } from '../../shared/protocol/archive-messages';
import type { ArchivePlace } from '../store/archive-port';
import type { StoreScope } from '../store/port';

/** The place in the archive that a `before` names. BAD_REQUEST. */
export function archivePlaceOf(before: string | undefined): ArchivePlace | null {
  if (before === undefined) return null;
  const [issued = '', id = '', ...more] = before.split('_');
  if (!validate(Instant, issued).ok || !validate(Id, id).ok || more.length > 0) {
    throw new AppError('BAD_REQUEST', { path: '/before' });
  }
  return { issued, id };
}

/** A page of the archive, newest first, as the text of an ArchivePage: the stored JSON is sent as it is. */
export async function readArchive(
  scope: StoreScope,
  { filter, before, limit }: { filter: ArchiveFilter; before: ArchivePlace | null; limit: number },
): Promise<string> {
  const stored = await scope.self();
  if (stored === null) throw new AppError('SESSION_EXPIRED');
  const found = await scope.archive.invoices({ filter, before, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last !== undefined ? `${last.issued}_${last.id}` : null;
  const documents = page.map(({ json }) => json).join(',');
  return `{"epoch":${JSON.stringify(stored.epoch)},"documents":[${documents}],"next":${JSON.stringify(next)}}`;
}
