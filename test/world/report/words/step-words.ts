import type { Step } from '../../scenario/schema';
import { spanText } from '../timeline/axis';

/** A step in a few words; who does it is told elsewhere. */
export function wordsOfStep(step: Step): string {
  switch (step.do) {
    case 'sell': {
      const lines = Object.entries(step.lines).map(([code, quantity]) => `${quantity} ${code}`);
      return `sells ${lines.join(', ')}${step.client === undefined ? '' : ` to ${step.client}`}`;
    }
    case 'sync':
      return `syncs ${step.unit === 'all' ? 'everything' : step.unit}`;
    case 'creditNote':
      return `credit note for sale ${step.of}`;
    case 'createClient':
      return `new client ${step.name}`;
    case 'createProduct':
      return `new product ${step.code} at ${step.price}`;
    case 'editClient':
      return `edits client ${step.client}: ${changeWords(step.set)}`;
    case 'editProduct':
      return `edits product ${step.product}: ${changeWords(step.set)}`;
    case 'adjust':
      return `adjusts ${step.product} by ${step.quantity > 0 ? '+' : ''}${step.quantity}`;
    case 'applyMine':
      return 'applies its own value of a conflict';
    case 'keepTheirs':
      return 'keeps the server’s value of a conflict';
    case 'sendAgain':
      return 'sends a refused document again';
    case 'login':
      return step.user === undefined ? 'logs in' : `${step.user} logs in`;
    case 'logout':
      return 'logs out';
    case 'offline':
      return 'loses its connection';
    case 'online':
      return 'is connected again';
    case 'crash':
      return 'dies';
    case 'start':
      return 'is started';
    case 'reload':
      return 'reloads its page';
    case 'clock':
      return `clock is set ${step.skewMs < 0 ? 'back' : 'ahead'} by ${spanText(Math.abs(step.skewMs))}`;
    case 'copyProfile':
      return `profile is copied to ${step.to}`;
    case 'revoke':
      return 'is revoked';
    case 'setUser': {
      const { do: _, wait: __, note: ___, user, ...change } = step;
      return `user ${user}: ${changeWords(change)}`;
    }
    case 'crashAt':
      return `will die at ${step.point}${nthWords(step.nth)}`;
    case 'fault':
      return `fault to come: ${step.fault}${step.count === undefined ? '' : ` × ${step.count}`}${
        step.requests === undefined ? '' : ` on ${step.requests}`
      }`;
    case 'serverCrashAt':
      return `server will die at ${step.point}${nthWords(step.nth)}`;
    case 'serverCrash':
      return 'server dies';
    case 'wait':
      return `waits ${spanText(step.ms)}`;
    case 'settle':
      return 'faults end; all terminals sync until they have everything';
    default:
      return genericWords(step);
  }
}

/** Who carries a step out: a terminal, the server, or nobody in particular. */
export const whoOfStep = (step: Step): string =>
  'terminal' in step
    ? step.terminal
    : /^(server|backup|restore|expire|setUser)/.test(step.do)
      ? 'server'
      : '';

const nthWords = (nth: number | undefined): string =>
  nth === undefined || nth === 1 ? '' : ` (time ${nth})`;

const changeWords = (change: Readonly<Record<string, unknown>>): string =>
  Object.entries(change)
    .map(
      ([field, value]) => `${field} = ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(', ');

/** Names of steps that have no sentence of their own. */
const NAMES: Readonly<Record<string, string>> = {
  reset: 'profile is wiped, and enrolled again',
  install: 'a new terminal is enrolled:',
  openShift: 'opens the cash session:',
  closeShift: 'closes the cash session:',
  serverStop: 'server is stopped',
  serverStart: 'server is started',
  backup: 'backup is made:',
  restore: 'backup is put back:',
  expireSessions: 'all sessions end',
  serverDiskFull: 'server’s disk is full:',
  serverBusy: 'server is busy:',
  cut: 'archives old invoices, days kept:',
  serverEditProduct: 'edit at the server:',
  serverEditClient: 'edit at the server:',
  serverSchemaAhead: 'server is newer than the terminals:',
  terminalDiskFull: 'disk of the browser:',
  protocol: 'speaks another protocol:',
  spoilClient: 'a client is spoilt past all checks:',
  spoilSale: 'a sale is altered past all checks:',
};

/** Good for any step: its name, and all that it says. */
function genericWords(step: Step): string {
  const { do: name, ...rest } = step as Record<string, unknown>;
  const said = Object.entries(rest).filter(
    ([key]) => !['terminal', 'note', 'wait', 'background'].includes(key),
  );
  return `${NAMES[String(name)] ?? String(name)}${said.length === 0 ? '' : ` ${changeWords(Object.fromEntries(said))}`}`;
}
