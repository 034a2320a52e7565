import { createHash } from 'node:crypto';
import { documentOf, textsOn } from '../oracle/disk-documents';
import { ordered } from '../oracle/same';
import { type Doc, ServerView } from '../oracle/server-view';
import type { World } from '../world';

/**
 * How a terminal's state of one document stands to the server's. `pending`: it has a write that the server has not
 * acknowledged. `behind`: the server has a newer one. `diverged`: neither explains the difference.
 */
export type Standing = 'same' | 'pending' | 'behind' | 'diverged';

/** One side at one moment. */
export interface SideState {
  /** Of all that a terminal receives: equal digests are equal documents. */
  digest: string;
  documents: number;
  standings: Record<Standing, number>;
}

/** Every side when a step had ended. Step 0 is the set-up. */
export interface StepState {
  step: number;
  /** Virtual ms since the world began. */
  at: number;
  sides: Record<string, SideState>;
}

/** A document that was not the server's when the run ended, and has not been since that step. */
export interface Divergence {
  terminal: string;
  collection: string;
  id: string;
  standing: Standing;
  step: number;
  at: number;
  /** Step since which it stands so. */
  standingStep: number;
}

/** Movements go up only, so a terminal has no more than its own. */
const SYNCED = ['clients', 'products', 'users', 'invoices', 'stock', 'shifts'] as const;
const ALL = [...SYNCED, 'movements'] as const;

interface Held {
  document: Doc;
  text: string;
}

/** Follows, from step to step, which documents of which terminal are the server's. */
export class StepStates {
  readonly states: StepState[] = [];
  readonly #open = new Map<string, Divergence>();
  /** Documents by the text that they were read from: most do not change between two steps. */
  #read = new Map<string, Held>();

  /** Notes how all sides stand now. `restored`: a backup was put back, so the server may have less than it had. */
  record(step: number, world: World, { restored }: { restored: boolean }): void {
    const at = world.scheduler.now - world.start;
    const before = this.#read;
    this.#read = new Map();
    const read = (text: string): Held => {
      const known = before.get(text) ?? this.#read.get(text);
      const held = known ?? heldFrom(documentOf(text));
      this.#read.set(text, held);
      return held;
    };
    const server = serverSide(world.server.file);
    const sides: StepState['sides'] = {
      server: { ...summaryOf(server), standings: { ...NONE, same: countOf(server) } },
    };
    for (const { name, disk } of world.terminals.values()) {
      const side = new Map(
        ALL.map((collection) => [
          collection,
          new Map(
            textsOn(disk, collection)
              .map(read)
              .map((held) => [held.document.id, held]),
          ),
        ]),
      );
      const standings = { ...NONE };
      for (const { collection, id, standing } of compare(side, server, restored)) {
        standings[standing] += 1;
        const key = `${name}/${collection}/${id}`;
        const open = this.#open.get(key);
        if (standing === 'same') this.#open.delete(key);
        else if (open === undefined) {
          const since = { standing, step, at, standingStep: step };
          this.#open.set(key, { terminal: name, collection, id, ...since });
        } else if (open.standing !== standing) {
          open.standing = standing;
          open.standingStep = step;
        }
      }
      sides[name] = { ...summaryOf(side), standings };
    }
    this.states.push({ step, at, sides });
  }

  /** What differs now, the oldest difference first. */
  divergences(): Divergence[] {
    return [...this.#open.values()].sort((a, b) => a.at - b.at || a.step - b.step);
  }
}

type Side = ReadonlyMap<string, ReadonlyMap<string, Held>>;

const NONE: Record<Standing, number> = { same: 0, pending: 0, behind: 0, diverged: 0 };

const heldFrom = (document: Doc): Held => ({ document, text: ordered(document) });

function serverSide(file: string): Side {
  const view = new ServerView(file);
  try {
    return new Map(
      ALL.map((collection) => [
        collection,
        new Map([...view.held(collection)].map(([id, document]) => [id, heldFrom(document)])),
      ]),
    );
  } finally {
    view.close();
  }
}

const countOf = (side: Side): number =>
  SYNCED.reduce((sum, collection) => sum + (side.get(collection)?.size ?? 0), 0);

function summaryOf(side: Side): { digest: string; documents: number } {
  const hash = createHash('sha256');
  for (const collection of SYNCED) {
    const documents = [...(side.get(collection) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [id, { text }] of documents) hash.update(`${collection}/${id}=${text}\n`);
  }
  return { digest: hash.digest('hex').slice(0, 12), documents: countOf(side) };
}

function* compare(here: Side, server: Side, restored: boolean) {
  for (const collection of ALL) {
    const mine = here.get(collection) ?? new Map<string, Held>();
    const theirs = server.get(collection) ?? new Map<string, Held>();
    for (const [id, held] of mine) {
      yield { collection, id, standing: standingOf(held, theirs.get(id), restored) };
    }
    if (collection === 'movements') continue;
    for (const id of theirs.keys()) {
      if (!mine.has(id)) yield { collection, id, standing: 'behind' as const };
    }
  }
}

function standingOf(here: Held, there: Held | undefined, restored: boolean): Standing {
  if (here.document['pending'] === 1) return 'pending';
  if (here.text === there?.text) return 'same';
  const isBehind =
    there !== undefined && Number(here.document['ver']) < Number(there.document['ver']);
  return isBehind || restored ? 'behind' : 'diverged';
}
