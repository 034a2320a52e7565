import { createRandom } from '../random';
import type { WorldSpec } from '../world';
import type { Scenario } from './schema';

/** Currency units to minor units, units to thousandths: people write 12.50 and 1.5. */
export const toMinor = (units: number): number => Math.round(units * 100);
export const toThousandths = (units: number): number => Math.round(units * 1000);

/** The names of a scenario, as ids of the world. */
export interface ScenarioIds {
  product(code: string): string;
  client(name: string): string;
}

/** The world that a scenario begins with; the ids follow from the seed. */
export function specOf({ seed, given }: Scenario): { spec: WorldSpec; ids: ScenarioIds } {
  const random = createRandom(seed, 'names');
  const products = given.products.map(({ code, price, stock }) => ({
    id: random.id(),
    code,
    price: toMinor(price),
    opening: toThousandths(stock),
  }));
  const clients = given.clients.map(({ name }) => ({ id: random.id(), name }));
  const find = (kind: string, list: readonly { id: string }[], index: number, name: string) => {
    const found = list[index];
    if (found === undefined) throw new ScenarioError(`${kind} ${name} is not in "given"`);
    return found.id;
  };
  return {
    spec: {
      seed,
      products,
      clients,
      users: given.users.map(({ name, role }) => ({ userName: name, role })),
      terminals: given.terminals.map(({ name, user, skewMs = 0 }) => ({
        name,
        userName: user,
        skewMs,
      })),
    },
    ids: {
      product: (code) =>
        find(
          'product',
          products,
          products.findIndex((product) => product.code === code),
          code,
        ),
      client: (name) =>
        find(
          'client',
          clients,
          clients.findIndex((client) => client.name === name),
          name,
        ),
    },
  };
}

/** A scenario that cannot be run as it is written. */
export class ScenarioError extends Error {
  constructor(
    message: string,
    /** Step that is wrong, from 1; 0 where it is not about one. */
    readonly step = 0,
  ) {
    super(message);
  }
}
