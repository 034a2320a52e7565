/*
 * Sets of serials as ascending, disjoint, non-adjacent pairs [from, to, from, to, ...]. Terminals count their documents
 * from 1 and nearly all arrive, so a set of thousands is usually one pair.
 */

/** Index of the first pair whose `to` is at or after n, as an index into the flat array. */
function pairAtOrAfter(ranges: readonly number[], n: number): number {
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle * 2 + 1] ?? 0) < n) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

export function containsSerial(ranges: readonly number[], n: number): boolean {
  const from = ranges[pairAtOrAfter(ranges, n)];
  return from !== undefined && from <= n;
}

/** The set with n in it; the same array when it was there already. */
export function addSerial(ranges: readonly number[], n: number): readonly number[] {
  const at = pairAtOrAfter(ranges, n);
  const next = ranges[at];
  if (next !== undefined && next <= n) return ranges;
  const joinsBefore = at > 0 && ranges[at - 1] === n - 1;
  const joinsAfter = next === n + 1;
  const result = [...ranges];
  if (joinsBefore && joinsAfter) result.splice(at - 1, 2);
  else if (joinsBefore) result[at - 1] = n;
  else if (joinsAfter) result[at] = n;
  else result.splice(at, 0, n, n);
  return result;
}
