import { SYNC_FIELD_NAMES } from '../../schemas/fields';
import { COLLECTIONS, type CollectionName, type Documents } from '../../schemas/registry';
import { type FieldConflict, mergeFields, sameValue } from './merge-fields';

export interface ConflictInput<T> {
  /** The state that this terminal's edit was built on, as far as known. */
  base: T | undefined;
  /** States of our own that may have reached the server unheard. */
  earlier?: readonly T[];
  mine: T;
  theirs: T;
}

export interface ConflictOutcome<T> {
  /** The content to keep; its sync fields are the caller's to set. */
  winner: T;
  conflicts: readonly FieldConflict[];
  /** The content differs from the server's: it has to go out again. */
  sendAgain: boolean;
}

type Rule<N extends CollectionName> = (
  input: ConflictInput<Documents[N]>,
) => ConflictOutcome<Documents[N]>;

/** Bookkeeping follows whoever's change survives; it is never a conflict by itself. */
const BOOKKEEPING: readonly string[] = ['updatedAt', 'editedBy'];

function businessFields<N extends CollectionName>(collection: N): (keyof Documents[N] & string)[] {
  const bookkeeping: readonly string[] = [...SYNC_FIELD_NAMES, ...BOOKKEEPING];
  return Object.keys(COLLECTIONS[collection].schema.properties).filter(
    (field) => !bookkeeping.includes(field),
  ) as (keyof Documents[N] & string)[];
}

function byField<N extends 'clients' | 'products'>(collection: N): Rule<N> {
  const fields = businessFields(collection);
  return ({ mine, theirs, ...past }) => {
    const { merged, conflicts, tookMine } = mergeFields({ ...past, mine, theirs, fields });
    if (!tookMine) return { winner: theirs, conflicts, sendAgain: false };
    const winner = { ...merged, updatedAt: mine.updatedAt, editedBy: mine.editedBy };
    return { winner, conflicts, sendAgain: true };
  };
}

/** What was issued stays as it was accepted. A difference can only be a defect or a forgery: it is shown, not merged. */
function immutable<N extends 'invoices' | 'movements'>(collection: N): Rule<N> {
  const fields = businessFields(collection).filter((field) => field !== 'flags');
  return ({ mine, theirs }) => ({
    winner: theirs,
    conflicts: fields
      .filter((field) => !sameValue(mine[field], theirs[field]))
      .map((field) => ({ field, base: undefined, mine: mine[field], theirs: theirs[field] })),
    sendAgain: false,
  });
}

/** Nobody writes these on a terminal. */
const serverOwned = <T>({ theirs }: ConflictInput<T>): ConflictOutcome<T> => ({
  winner: theirs,
  conflicts: [],
  sendAgain: false,
});

/** What an open shift says nothing about yet. */
const CLOSING_FIELDS: readonly string[] = [
  'status',
  'closedAt',
  'expectedCash',
  'countedCash',
  'difference',
];

/**
 * A shift has one writer, so the state that this terminal has is the newer one; but a shift that was closed never opens
 * again (a terminal that was set back to an old profile would else reopen it). Its figures belong together, so a closed
 * state that was accepted stays whole, and what this terminal had changed is listed: of two closings all that differs,
 * of a shift that is still open here all but the closing fields.
 */
const shifts: Rule<'shifts'> = ({ base, mine, theirs }) => {
  const fields = businessFields('shifts');
  const differing = fields.filter((field) => !sameValue(mine[field], theirs[field]));
  if (theirs.status === 'open') {
    const isSame = differing.length === 0;
    return { winner: isSame ? theirs : mine, conflicts: [], sendAgain: !isSame };
  }
  const conflicts = differing
    .filter((field) => mine.status === 'closed' || !CLOSING_FIELDS.includes(field))
    .filter((field) => base === undefined || !sameValue(base[field], mine[field]))
    .map((field) => ({ field, base: base?.[field], mine: mine[field], theirs: theirs[field] }));
  return { winner: theirs, conflicts, sendAgain: false };
};

/** One rule a collection; a new collection does not compile until it has one. */
export const CONFLICT_RULES: { readonly [N in CollectionName]: Rule<N> } = {
  clients: byField('clients'),
  products: byField('products'),
  users: serverOwned,
  invoices: immutable('invoices'),
  movements: immutable('movements'),
  stock: serverOwned,
  shifts,
};
