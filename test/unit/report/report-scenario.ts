import type { Scenario } from '../../world/scenario/schema';

/** What somebody types who would like it to run in the report. */
export const HOSTILE = '<img src=x onerror=alert(1)>';

/** Two terminals, and one of each thing that a report tells: conflict, refusal, fault, crash, hostile names. */
export const REPORT_SCENARIO: Scenario = {
  name: `A day ${HOSTILE}`,
  about: `</script><script>alert(2)</script> "quoted" & 'so'`,
  seed: 41,
  given: {
    products: [
      { code: 'P1', price: 10, stock: 10 },
      { code: 'P2', price: 20, stock: 5 },
    ],
    clients: [{ name: `Ana ${HOSTILE}` }],
    users: [
      { name: 'rosa', role: 'supervisor' },
      { name: 'luis', role: 'supervisor' },
    ],
    terminals: [
      { name: 'T1', user: 'rosa' },
      { name: 'T2', user: 'luis', skewMs: 3_600_000 },
    ],
  },
  steps: [
    { do: 'sell', terminal: 'T1', lines: { P1: 2 }, client: `Ana ${HOSTILE}` },
    { do: 'editProduct', terminal: 'T1', product: 'P1', set: { price: 12 } },
    {
      do: 'editProduct',
      terminal: 'T2',
      product: 'P1',
      set: { price: 13, notes: HOSTILE, description: `</script>${HOSTILE}` },
    },
    { do: 'fault', terminal: 'T1', fault: 'dropResponse', requests: 'POST /api/sync/products' },
    { do: 'sync', terminal: 'T1', unit: 'products' },
    { do: 'sync', terminal: 'T1', unit: 'all', wait: 30_000 },
    { do: 'sync', terminal: 'T2', unit: 'all' },
    { do: 'crashAt', terminal: 'T1', point: 'terminal.afterSale' },
    { do: 'sell', terminal: 'T1', lines: { P1: 1, P2: 1 } },
    { do: 'start', terminal: 'T1' },
    { do: 'setUser', user: 'luis', role: 'cashier' },
    { do: 'editProduct', terminal: 'T2', product: 'P2', set: { price: 1 } },
    { do: 'settle' },
  ],
  expect: [
    { invariants: 'hold' },
    { stock: { P1: 7, P2: 4 } },
    { conflicts: { T2: 1 } },
    { rejected: { T2: 1 } },
    { outcome: { '5': 'NETWORK', '9': 'crashed' } },
  ],
};
