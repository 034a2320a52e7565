/** A seeded generator of small choices: a failing seed is replayed by calling with it again. */
export class Random {
  readonly #next: () => number;

  constructor(next: () => number) {
    this.#next = next;
  }

  below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Some of the items, each at most once, in any order. */
  some<T>(items: readonly T[], most: number): T[] {
    const left = [...items];
    return Array.from({ length: Math.min(most, left.length) }, () =>
      left.splice(this.below(left.length), 1),
    ).flat();
  }
}
