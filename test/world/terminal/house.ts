import { compileFunction, createContext, Script } from 'node:vm';
import { terminalSource } from './bundle';
import type { RealmHost, RealmTerminal } from './entry';

/** What a realm has of its own, by the name under which the terminal's code finds it. */
export interface RealmGlobals {
  clock: () => number;
  random: () => number;
  setTimeout: unknown;
  clearTimeout: unknown;
  setInterval: unknown;
  clearInterval: unknown;
  AbortSignal: unknown;
  worldLimits: unknown;
}

/** Names that mean something of its own in each realm; all others mean what they mean in the house. */
const OWN = [
  'globalThis',
  'window',
  'self',
  'Date',
  'Math',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'AbortSignal',
] as const;

/**
 * Gives a realm its clock, its randomness and a global object over the house's. Whatever should pass them by, and ask the
 * house itself, ends with an error: no run depends on the machine's time.
 */
const FURNISH = new Script(`
  (() => {
    const MachineDate = Date;
    const numbers = Object.fromEntries(Object.getOwnPropertyNames(Math).map((name) => [name, Math[name]]));
    const denied = () => {
      throw new Error('the clock and the randomness of the machine are not for terminals');
    };
    MachineDate.now = denied;
    Math.random = denied;
    return (own) => {
      const now = own.clock;
      own.Date = class Date extends MachineDate {
        constructor(...given) {
          if (given.length === 0) super(now());
          else super(...given);
        }
        static now() {
          return now();
        }
      };
      own.Math = { ...numbers, random: own.random };
      delete own.clock;
      delete own.random;
      Object.setPrototypeOf(own, globalThis);
      own.globalThis = own;
      own.window = own;
      own.self = own;
      return own;
    };
  })();
`);

type Furnished = Record<(typeof OWN)[number], unknown>;
type Program = (...own: unknown[]) => { openRealm(host: RealmHost): Promise<RealmTerminal> };
interface House {
  furnish(own: object): Furnished;
  program: Program;
}

let house: House | null = null;

/**
 * The one JavaScript context in which the programs of all terminals run. Each start runs the whole program anew, with
 * variables and globals of its own, but the machine code that the engine makes of it is shared: in contexts of their own
 * every start began with an interpreter, and histories took almost twice as long.
 */
function openHouse(): House {
  const context = createContext({
    queueMicrotask,
    structuredClone,
    console,
    AbortController,
    DOMException,
    TextEncoder,
    TextDecoder,
    URL,
    URLSearchParams,
    Event,
    EventTarget,
  });
  const { file, text } = terminalSource();
  return {
    furnish: FURNISH.runInContext(context) as House['furnish'],
    program: compileFunction(`${text}\nreturn MostradorTerminal;`, [...OWN], {
      parsingContext: context,
      filename: file,
    }) as Program,
  };
}

/** Runs the terminal's program from its beginning, with these globals. */
export function openTerminal(globals: RealmGlobals, host: RealmHost): Promise<RealmTerminal> {
  house ??= openHouse();
  const own = house.furnish({ ...globals });
  return house.program(...OWN.map((name) => own[name])).openRealm(host);
}
