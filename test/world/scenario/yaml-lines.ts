import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
} from 'yaml';

/** Finds the line of a place in a YAML file: that of the last key on the way that is there. */
export class YamlLines {
  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  of(path: readonly string[]): number {
    let node: unknown = this.document.contents;
    let line = this.#lineOf(node) ?? 1;
    for (const key of path) {
      if (isSeq(node)) node = node.items[Number(key)];
      else if (isMap(node)) {
        const pair: Pair | undefined = node.items.find(
          (item) => String(isScalar(item.key) ? item.key.value : item.key) === key,
        );
        line = this.#lineOf(pair?.key) ?? line;
        node = pair?.value;
      } else return line;
      if (!isScalar(node)) line = (isMap(node) ? this.#lineOf(node) : undefined) ?? line;
      if (node === undefined || node === null) return line;
    }
    return line;
  }

  #lineOf(node: unknown): number | undefined {
    const range = (node as Node | null | undefined)?.range;
    return range === null || range === undefined ? undefined : this.lines.linePos(range[0]).line;
  }
}
