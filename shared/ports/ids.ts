/** Source of UUIDs in lower case. Injected, so that a replay makes the same ones. */
export interface Ids {
  newId(): string;
}
