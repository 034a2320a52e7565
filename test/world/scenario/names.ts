import type { Outcome } from '../terminal/operations';
import type { Scenario, Step } from './schema';

/** A name that an earlier step should have given, and did not: the sale was refused, the terminal was down. */
export class NotMade extends Error {}

/** What the names of a scenario stand for: those of `given`, and those that its steps have made. */
export class Names {
  readonly #products: Map<string, string>;
  readonly #clients: Map<string, string>;
  readonly #sales = new Map<string, string>();
  readonly #users: Map<string, string>;

  constructor(
    { given }: Scenario,
    ids: { products: readonly string[]; clients: readonly string[] },
  ) {
    this.#products = new Map(given.products.map(({ code }, i) => [code, ids.products[i] ?? '']));
    this.#clients = new Map(given.clients.map(({ name }, i) => [name, ids.clients[i] ?? '']));
    this.#users = new Map(given.terminals.map(({ name, user }) => [name, user]));
  }

  product(code: string): string {
    return find(this.#products, 'product', code);
  }

  client(name: string): string {
    return find(this.#clients, 'client', name);
  }

  /** Id of a labelled sale. */
  sale(label: string): string {
    return find(this.#sales, 'sale', label);
  }

  /** The user who works at a terminal. */
  userOf(terminal: string): string {
    return find(this.#users, 'terminal', terminal);
  }

  /** Before a step: who works where. */
  begins(step: Step): void {
    if (step.do === 'login' && step.user !== undefined) this.#users.set(step.terminal, step.user);
    if (step.do === 'install') this.#users.set(step.terminal, step.user);
    if (step.do === 'copyProfile') this.#users.set(step.to, this.userOf(step.terminal));
  }

  /** After a step: what it made. */
  made(step: Step, { written }: Extract<Outcome, { ok: true }>): void {
    const id = written[0]?.after['id'];
    if (typeof id !== 'string') return;
    if ((step.do === 'sell' || step.do === 'creditNote') && step.as !== undefined) {
      this.#sales.set(step.as, id);
    }
    if (step.do === 'createProduct') this.#products.set(step.code, id);
    if (step.do === 'createClient') this.#clients.set(step.name, id);
  }
}

function find(map: ReadonlyMap<string, string>, kind: string, name: string): string {
  const found = map.get(name);
  if (found === undefined) throw new NotMade(`there is no ${kind} ${name}`);
  return found;
}
