import type { User } from '../../schemas/users';
import { AppError } from '../../shared/errors/app-error';
import type { AuditExport, AuditFilter, AuditPage } from '../../shared/protocol/audit-messages';
import type { AuditPlace, StoreScope } from '../store/port';

/** Entries of one export: an answer of some MB. */
const EXPORT_MAX = 20_000;

/** Words for the ids that entries name. People and terminals are never removed, so each id has its name. */
async function names(scope: StoreScope): Promise<Pick<AuditPage, 'people' | 'terminals'>> {
  const users = (await scope.documents.page('users', 0, 10_000)).documents.map(
    ({ json }) => JSON.parse(json) as User,
  );
  const terminals = await scope.auth.terminals();
  return {
    people: Object.fromEntries(users.map(({ id, displayName }) => [id, displayName])),
    terminals: Object.fromEntries(
      terminals.map(({ id, number, name }) => [id, `${number} · ${name}`]),
    ),
  };
}

/** The place in the log that a `before` names. BAD_REQUEST. */
export function placeOf(before: string | undefined): AuditPlace | null {
  if (before === undefined) return null;
  const [at = '', id = '', ...more] = before.split('_');
  if (at.length !== 24 || id === '' || id.length > 64 || more.length > 0) {
    throw new AppError('BAD_REQUEST', { path: '/before' });
  }
  return { at, id };
}

/** A page of the log, newest first. */
export async function readAudit(
  scope: StoreScope,
  { filter, before, limit }: { filter: AuditFilter; before: AuditPlace | null; limit: number },
): Promise<AuditPage> {
  const found = await scope.journal.auditPage({ filter, before, limit: limit + 1 });
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  const next = found.length > limit && last !== undefined ? `${last.at}_${last.id}` : null;
  return { entries: [...entries], ...(await names(scope)), next };
}

/** All that the filter lets through, up to a limit that the answer admits to. */
export async function exportAudit(scope: StoreScope, filter: AuditFilter): Promise<AuditExport> {
  const found = await scope.journal.auditPage({ filter, before: null, limit: EXPORT_MAX + 1 });
  return {
    entries: found.slice(0, EXPORT_MAX),
    ...(await names(scope)),
    isCut: found.length > EXPORT_MAX,
  };
}
