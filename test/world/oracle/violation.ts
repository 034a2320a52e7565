/** Something that must hold and does not. */
export interface Violation {
  /** Number of the invariant in the design, or a name. */
  readonly invariant: string;
  readonly message: string;
  /** Terminal, or `server`. */
  readonly where: string;
  /** The document that it is about, where there is one. */
  readonly document?: { collection: string; id: string };
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** Step after which it was found, from 1; 0 is the set-up. */
  readonly step?: number;
}
