import { type Static, Type } from '@sinclair/typebox';
import type { RxCollection } from 'rxdb';
import { map, type Observable } from 'rxjs';
import type { Invoice } from '../../schemas/invoices';
import type { AnyDocument } from '../../schemas/registry';
import { validate } from '../../schemas/validate';
import { isArchived } from '../../shared/archive/is-archived';
import type { Clock } from '../../shared/ports/clock';
import type { SyncTransport } from '../../shared/ports/sync-transport';
import { type Cut, cutSchema } from '../../shared/protocol/messages';
import type { DeskDatabase } from '../db/database';
import type { Settings } from '../db/settings';
import { fetchDocuments } from '../proof/fetch-documents';
import { replaceUnlessPending } from '../proof/replace-unless-pending';

/** A cut that this terminal has applied, and in which life of the server's data. */
const appliedSchema = Type.Composite([
  cutSchema,
  Type.Object({
    epoch: Type.String(),
    /** When rows of dropped documents were last taken off the disk, in ms. */
    cleanedAt: Type.Number(),
  }),
]);
export type AppliedCut = Static<typeof appliedSchema>;

/** The store's cuts as this terminal follows them: which old invoices it no longer holds. Call under the sync lock. */
export interface Cuts {
  /** What was applied last in this life of the server's data; null before the first. */
  applied(epoch: string): Promise<AppliedCut | null>;
  /**
   * Drops what a cut names, the first time that it is seen: to be awaited after all pages before are stored, and before
   * its own page is. `late`: ids that were pending when the page was asked for; the server may have got them after its
   * answer. Done again after a crash it drops the same. `unsettle` is awaited before the first one goes.
   */
  apply(
    cut: Cut,
    about: { epoch: string; late: Iterable<string> },
    unsettle: () => Promise<void>,
  ): Promise<void>;
  /**
   * Drops what the server holds as archived and came to be acknowledged here after the cut was applied: a sale that had
   * been sent before, and whose answer was lost. And what another terminal gave back after a restore, which nobody sends
   * here: it counts for nothing here, so it is looked for even where all that counts `isEqual`. Asks the server where each
   * of the few old ones stands. Returns how many were dropped.
   */
  dropLate(
    about: { epoch: string; signal: AbortSignal; isEqual: boolean },
    unsettle: () => Promise<void>,
  ): Promise<number>;
  /** The instant from which on all invoices are here; null: from the first. */
  readonly heldFrom$: Observable<string | null>;
}

const KEY = 'cut';
/** Documents of one write, so that no transaction holds up a sale. */
const CHUNK = 500;
/** RxDB's storages read the whole table to find their dead rows: seldom enough. */
const CLEAN_EVERY_MS = 7 * 24 * 3_600_000;

/** Those of the old invoices here that the server says it has archived; asks it about each that `isAsked` lets through. */
export async function archivedThere(
  cut: Cut,
  options: { db: DeskDatabase; transport: SyncTransport; epoch: string; signal: AbortSignal },
  isAsked: (invoice: Held) => boolean,
): Promise<Invoice[]> {
  const old = await options.db.invoices
    .find({ selector: { issuedAt: { $lt: cut.before } }, index: ['issuedAt'] })
    .exec();
  const ids = old.filter(isAsked).map(({ id }) => id);
  const placed = await fetchDocuments({ ...options, name: 'invoices', ids });
  return placed.filter((entry) => isArchived(cut, entry)).map(({ document }) => document);
}

export function settingsCuts(options: {
  db: DeskDatabase;
  settings: Settings;
  transport: SyncTransport;
  clock: Clock;
  /** Ids of the invoices that this terminal's next numbers follow from. */
  goesOnFrom: () => Promise<ReadonlySet<string>>;
}): Cuts {
  const { db, settings, transport, clock, goesOnFrom } = options;
  const parse = (value: unknown): AppliedCut | null => {
    const stored = validate<AppliedCut>(appliedSchema, value);
    return stored.ok ? stored.value : null;
  };
  const read = async (): Promise<AppliedCut | null> => parse(await settings.get(KEY));

  const applied = async (epoch: string): Promise<AppliedCut | null> => {
    const known = await read();
    return known?.epoch === epoch ? known : null;
  };

  return {
    heldFrom$: db.settings
      .findOne(KEY)
      .$.pipe(map((stored) => parse(stored?.toJSON().value)?.before ?? null)),
    applied,
    async apply(cut, { epoch, late }, unsettle) {
      const known = await read();
      const isKnown = known?.epoch === epoch;
      if (isKnown && known.before === cut.before && known.seq === cut.seq) return;
      /*
       * A cut that is seen late does not name what was sent since it was made: its place is behind the cut, and it would come
       * back. Until it does, a sale would take its number again.
       */
      const kept = new Set([...cut.kept, ...late, ...(await goesOnFrom())]);
      await dropAll(db, { before: cut.before, kept, unsettle });
      let cleanedAt = known?.cleanedAt ?? clock.now();
      if (Math.abs(clock.now() - cleanedAt) >= CLEAN_EVERY_MS) {
        /* Only those of earlier cuts: nobody can be reading them any more. */
        await db.invoices.storageInstance.cleanup(CLEAN_EVERY_MS / 2);
        cleanedAt = clock.now();
      }
      /* Last: a crash before this line drops again, and finds less. */
      await settings.set(KEY, { ...cut, epoch, cleanedAt } satisfies AppliedCut);
    },
    async dropLate({ epoch, signal, isEqual }, unsettle) {
      const cut = await applied(epoch);
      if (cut === null) return 0;
      const kept = new Set([...cut.kept, ...(await goesOnFrom())]);
      const about = { db, transport, epoch, signal };
      const isAsked = ({ id, pending, ver }: Held) =>
        pending === 0 && !kept.has(id) && (!isEqual || ver === 0);
      const archived = await archivedThere(cut, about, isAsked);
      if (archived.length === 0) return 0;
      await unsettle();
      return drop(
        db,
        archived.map(({ id }) => id),
      );
    },
  };
}

type Held = Pick<Invoice, 'id' | 'pending' | 'ver'>;

/** Not what is still to be sent, nor what the server has not acknowledged in this life (`adoptEpoch`). */
const mayGo = ({ id, pending, ver }: Held, kept: ReadonlySet<string>): boolean =>
  pending === 0 && ver > 0 && !kept.has(id);

async function dropAll(
  db: DeskDatabase,
  {
    before,
    kept,
    unsettle,
  }: { before: string; kept: ReadonlySet<string>; unsettle: () => Promise<void> },
): Promise<void> {
  let left = 0;
  for (;;) {
    const found = await db.invoices
      .find({
        selector: { issuedAt: { $lt: before } },
        sort: [{ issuedAt: 'asc' }, { id: 'asc' }],
        index: ['issuedAt'],
        skip: left,
        limit: CHUNK,
      })
      .exec();
    const going = found.filter((invoice) => mayGo(invoice, kept)).map(({ id }) => id);
    if (going.length > 0) await unsettle();
    left += found.length - (await drop(db, going));
    if (found.length < CHUNK) return;
  }
}

/**
 * Takes documents away below the replication: each becomes a tombstone with its own edit, not pending, in which RxDB sees
 * no write that would have to go out. Returns how many went.
 */
async function drop(db: DeskDatabase, ids: readonly string[]): Promise<number> {
  const collection = db.invoices as unknown as RxCollection<AnyDocument>;
  const { written } = await replaceUnlessPending(
    collection,
    new Map(
      ids.map((id) => [
        id,
        (stored) =>
          stored === undefined || stored._deleted ? null : { ...stored, _deleted: true },
      ]),
    ),
    'cut',
  );
  return written;
}
