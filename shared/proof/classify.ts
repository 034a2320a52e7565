/** What a terminal has of a document. `ver` 0: the server has never acknowledged it. */
export interface LocalVersion {
  readonly ver: number;
  readonly pending: number;
}

/** What the server has of it, and where in its sequence that was written. */
export interface ServerVersion {
  readonly id: string;
  readonly ver: number;
  readonly seq: number;
}

/** missingHere: the server has it and this terminal does not; missingThere: the other way round. */
export type DifferenceKind = 'missingHere' | 'missingThere' | 'otherVersion';

export interface Difference {
  readonly id: string;
  readonly kind: DifferenceKind;
  /** 0 where it is missing. */
  readonly localVer: number;
  readonly serverVer: number;
}

export interface Classified {
  readonly differences: readonly Difference[];
  /** Documents that differ because they are pending here: the next push settles them. */
  readonly pending: number;
  /** Documents that the server wrote after what this terminal has read: the next pull brings them. */
  readonly newer: number;
}

export const NOTHING_DIFFERS: Classified = { differences: [], pending: 0, newer: 0 };

/**
 * Compares documents one by one; `seq` is the checkpoint up to which the terminal has read. What the server wrote after it
 * is no difference, whenever the two lists were read: a document that was not written since has its `seq` below it.
 */
export function classify(
  local: ReadonlyMap<string, LocalVersion>,
  server: readonly ServerVersion[],
  seq: number,
): Classified {
  const differences: Difference[] = [];
  let pending = 0;
  let newer = 0;
  const known = new Set<string>();
  for (const { id, ver: serverVer, seq: written } of server) {
    known.add(id);
    const here = local.get(id);
    if (here?.ver === serverVer) continue;
    if (here?.pending === 1) pending += 1;
    else if (written > seq) newer += 1;
    else if (here === undefined) {
      differences.push({ id, kind: 'missingHere', localVer: 0, serverVer });
    } else differences.push({ id, kind: 'otherVersion', localVer: here.ver, serverVer });
  }
  for (const [id, here] of local) {
    if (known.has(id)) continue;
    /* Never acknowledged and pending: the server cannot have it yet. */
    if (here.pending === 1) pending += here.ver > 0 ? 1 : 0;
    else differences.push({ id, kind: 'missingThere', localVer: here.ver, serverVer: 0 });
  }
  return { differences, pending, newer };
}

export const together = (a: Classified, b: Classified): Classified => ({
  differences: [...a.differences, ...b.differences],
  pending: a.pending + b.pending,
  newer: a.newer + b.newer,
});
