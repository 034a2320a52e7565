import { realmCode } from 'virtual:terminal-code';
import type { RealmCode } from '../../world/terminal/realm-code';

/** Stands in for `test/world/terminal/bundle.ts`: the build has put the terminal's code into this very program. */
export const terminalCode = (): RealmCode => realmCode;
