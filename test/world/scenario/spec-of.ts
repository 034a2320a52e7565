import { createRandom } from '../random';
import { BEGINNINGS, type WorldSpec } from '../world';
import { Names } from './names';
import type { Scenario } from './schema';

/** Currency units to minor units, units to thousandths: people write 12.50 and 1.5. */
export const toMinor = (units: number): number => Math.round(units * 100);
export const toThousandths = (units: number): number => Math.round(units * 1000);

/** The world that a scenario begins with; the ids follow from the seed. */
export function specOf(scenario: Scenario): { spec: WorldSpec; names: Names } {
  const { seed, given } = scenario;
  const random = createRandom(seed % BEGINNINGS, 'names');
  const products = given.products.map(({ code, price, stock }) => ({
    id: random.id(),
    code,
    price: toMinor(price),
    opening: toThousandths(stock),
  }));
  const clients = given.clients.map(({ name }) => ({ id: random.id(), name }));
  const idsOf = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);
  return {
    spec: {
      seed,
      products,
      clients,
      catalogue: given.catalogue ?? 0,
      users: given.users.map(({ name, role }) => ({ userName: name, role })),
      terminals: given.terminals.map(({ name, user, skewMs = 0 }) => ({
        name,
        userName: user,
        skewMs,
      })),
      limits: {
        ...(given.pullPage === undefined ? {} : { pullPage: given.pullPage }),
        ...(given.pushRows === undefined ? {} : { pushRows: given.pushRows }),
      },
    },
    names: new Names(scenario, { products: idsOf(products), clients: idsOf(clients) }),
  };
}
