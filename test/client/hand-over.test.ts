import { runScenario } from '../world/scenario/run-scenario';

test('T14 F22 a terminal that was revoked hands over all that it has not sent, however often it syncs', async () => {
  const result = await runScenario({
    name: 'revoked with three kinds of documents pending',
    seed: 5,
    given: {
      products: [{ code: 'P1', price: 10, stock: 3 }],
      clients: [{ name: 'Ana' }],
      users: [{ name: 'rosa', role: 'supervisor' }],
      terminals: [{ name: 'T1', user: 'rosa' }],
    },
    steps: [
      { do: 'editClient', terminal: 'T1', client: 'Ana', set: { phone: '2222-1111' } },
      { do: 'editProduct', terminal: 'T1', product: 'P1', set: { price: 12 } },
      { do: 'sell', terminal: 'T1', lines: { P1: 1 } },
      { do: 'revoke', terminal: 'T1' },
      { do: 'sync', terminal: 'T1', unit: 'products' },
      { do: 'sync', terminal: 'T1', unit: 'products' },
      { do: 'fault', terminal: 'T1', fault: 'dropRequest', count: 5 },
      { do: 'sync', terminal: 'T1', unit: 'all' },
    ],
    expect: [
      { outcome: { 5: 'TERMINAL_REVOKED', 6: 'TERMINAL_REVOKED', 8: 'NETWORK' } },
      /* One a collection, and the product as its own sync had offered it before it was refused. */
      { keptAside: 4 },
      { pending: { T1: 3 } },
      { count: { invoices: 0 } },
      { client: { Ana: { phone: '' } } },
    ],
  });
  expect(result.verdicts.filter(({ ok }) => !ok)).toEqual([]);
});
