import { stringify } from 'yaml';
import { readScenario } from '../scenario/read-scenario';
import type { Scenario, Step } from '../scenario/schema';

/** A store with two terminals, and what happens there. */
export function history(name: string, steps: readonly Step[], seed = 1): Scenario {
  const given = {
    products: [
      { code: 'CAFE', price: 1500, stock: 40 },
      { code: 'PAN', price: 700, stock: 10 },
    ],
    clients: [{ name: 'Ana Rojas Mora' }],
    users: [
      { name: 'sofia', role: 'supervisor' },
      { name: 'berta', role: 'supervisor' },
    ],
    terminals: [
      { name: 'T1', user: 'sofia' },
      { name: 'T2', user: 'berta' },
    ],
  };
  const text = stringify({ name, seed, given, steps, expect: [{ invariants: 'hold' }] });
  return readScenario(text, `${name}.yaml`).scenario;
}

const at = (terminal: string) => ({ terminal });
const T1 = at('T1');
const T2 = at('T2');

/** Everything that may go wrong at a desk in one morning. */
export const HARD_MORNING: readonly Step[] = [
  { do: 'openShift', ...T1, cash: 10000 },
  { do: 'sell', ...T1, lines: { CAFE: 2 }, client: 'Ana Rojas Mora', as: 'first' },
  { do: 'editProduct', ...T2, product: 'PAN', set: { price: 800 } },
  { do: 'sync', ...T2, unit: 'products' },
  { do: 'editProduct', ...T1, product: 'PAN', set: { price: 750, notes: 'Oferta' } },
  { do: 'fault', ...T1, fault: 'dropResponse', requests: 'POST /api/sync/invoices' },
  { do: 'sync', ...T1, unit: 'all' },
  { do: 'sync', ...T1, unit: 'all' },
  { do: 'keepTheirs', ...T1 },
  { do: 'sell', ...T2, lines: { CAFE: 5 }, as: 'second' },
  { do: 'sync', ...T2, unit: 'all' },
  { do: 'creditNote', ...T1, of: 'first', as: 'note' },
  { do: 'crashAt', ...T1, point: 'terminal.beforeAcknowledge' },
  { do: 'sync', ...T1, unit: 'all' },
  { do: 'expireSessions' },
  { do: 'adjust', ...T1, product: 'PAN', quantity: 3 },
  { do: 'createClient', ...T1, name: 'Luis Mata' },
  { do: 'sync', ...T1, unit: 'all' },
  { do: 'editProduct', ...T1, product: 'CAFE', set: { price: 1600 } },
  { do: 'setUser', user: 'sofia', role: 'cashier' },
  { do: 'sync', ...T1, unit: 'products' },
  { do: 'fault', ...T1, fault: 'silence', requests: 'GET /api/sync/clients' },
  { do: 'sync', ...T1, unit: 'clients' },
  { do: 'crashAt', ...T1, point: 'terminal.afterSale' },
  { do: 'sell', ...T1, lines: { PAN: 1 }, as: 'cut' },
  { do: 'sync', ...T1, unit: 'all' },
];
