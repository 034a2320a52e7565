import type { CollectionName, Documents } from '../../schemas/registry';
import { validateDocument } from '../../schemas/validate';
import { sameValue } from '../../shared/conflict/merge-fields';
import { AppError } from '../../shared/errors/app-error';
import type { Refusal } from '../../shared/import/refusal';
import { instant } from '../../shared/ports/clock';
import type { ServerPorts } from '../ports';

/** Documents of one collection: made, changed, or already as the file has them. */
export interface ImportCounts {
  created: number;
  edited: number;
  unchanged: number;
}

/** What an import is going to write of one collection. */
export interface ImportPlan<T> {
  documents: T[];
  counts: ImportCounts;
  /** Lines that only the store's own data speak against. */
  refused: Refusal[];
}

export const emptyPlan = <T>(): ImportPlan<T> => ({
  documents: [],
  counts: { created: 0, edited: 0, unchanged: 0 },
  refused: [],
});

/** Who imports ('' from the command line), and where time and ids come from. */
export interface Importer {
  ports: ServerPorts;
  userId: string;
}

/**
 * Puts one document into the plan: made from `content`, or `current` with what `says` says; nothing where that is what
 * it is already. Returns the document as it is after the import. Throws INVALID_DOCUMENT where it does not fit its
 * schema: stored, it would stop the pull of every terminal (T4).
 */
export function planDocument<N extends 'products' | 'clients'>(
  plan: ImportPlan<Documents[N]>,
  {
    collection,
    current,
    says,
    content,
  }: {
    collection: N;
    current: Documents[N] | undefined;
    says: object;
    content: object;
  },
  { ports, userId }: Importer,
): Documents[N] {
  if (current !== undefined && sameValue({ ...current, ...says }, current)) {
    plan.counts.unchanged += 1;
    return current;
  }
  if (current === undefined) plan.counts.created += 1;
  else plan.counts.edited += 1;
  const next = checked(collection, {
    ...(current === undefined ? content : { ...current, ...says }),
    id: current?.id ?? ports.ids.newId(),
    ver: (current?.ver ?? 0) + 1,
    edit: ports.ids.newId(),
    pending: 0,
    updatedAt: instant(ports.clock.now()),
    editedBy: userId,
  });
  plan.documents.push(next);
  return next;
}

function checked<N extends CollectionName>(collection: N, document: unknown): Documents[N] {
  const parsed = validateDocument(collection, document);
  if (!parsed.ok) throw new AppError('INVALID_DOCUMENT', { collection, path: parsed.path });
  return parsed.value;
}
