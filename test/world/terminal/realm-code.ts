import type { RealmHost, RealmTerminal } from './entry';

/** The terminal's code as `build.mjs` makes it: a call with globals is a realm. */
export type RealmCode = (globals: Readonly<Record<string, unknown>>) => {
  openRealm(host: RealmHost): Promise<RealmTerminal>;
};
