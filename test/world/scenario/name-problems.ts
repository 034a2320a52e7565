import { InvoiceFlag } from '../../../schemas/invoices';
import type { Expectation, Scenario, Step } from './schema';
import type { Problem } from './schema-words';

type Kind = 'product' | 'client' | 'user' | 'terminal' | 'sale' | 'backup';

const FLAGS = InvoiceFlag.anyOf.map((flag) => flag.const);

/** Names that are used without being in `given` or made by an earlier step, and names that stand twice. */
export function nameProblems({ given, steps, expect }: Scenario): Problem[] {
  const book = new NameBook();
  for (const [index, { name }] of given.users.entries()) {
    book.add('user', name, ['given', 'users', String(index), 'name']);
  }
  for (const [index, { code }] of given.products.entries()) {
    book.add('product', code, ['given', 'products', String(index), 'code']);
  }
  for (const [index, { name }] of given.clients.entries()) {
    book.add('client', name, ['given', 'clients', String(index), 'name']);
  }
  for (const [index, { name, user }] of given.terminals.entries()) {
    const path = ['given', 'terminals', String(index)];
    book.add('terminal', name, [...path, 'name']);
    book.use('user', user, [...path, 'user']);
  }
  for (const [index, step] of steps.entries()) checkStep(book, step, ['steps', String(index)]);
  for (const [index, expectation] of expect.entries()) {
    checkExpectation(book, expectation, ['expect', String(index)], steps.length);
  }
  return book.problems;
}

class NameBook {
  readonly problems: Problem[] = [];
  readonly #names: Record<Kind, Set<string>> = {
    product: new Set(),
    client: new Set(),
    user: new Set(),
    terminal: new Set(),
    sale: new Set(),
    backup: new Set(),
  };

  add(kind: Kind, name: string, path: readonly string[]): void {
    if (this.#names[kind].has(name)) {
      this.problems.push({ path, message: `${kind} "${name}" is there already` });
    }
    this.#names[kind].add(name);
  }

  /** A later one of the same name takes its place. */
  makeBackup(name: string): void {
    this.#names.backup.add(name);
  }

  use(kind: Kind, name: string, path: readonly string[]): void {
    if (this.#names[kind].has(name)) return;
    const known = [...this.#names[kind]].join(', ');
    const message = `no ${kind} "${name}" is given, or made by an earlier step; known: ${known || 'none'}`;
    this.problems.push({ path, message });
  }
}

function checkStep(book: NameBook, step: Step, path: readonly string[]): void {
  const at = (key: string): string[] => [...path, key];
  if (step.do === 'install') book.add('terminal', step.terminal, at('terminal'));
  else if ('terminal' in step) book.use('terminal', step.terminal, at('terminal'));
  if ('user' in step && step.user !== undefined) book.use('user', step.user, at('user'));
  if ('product' in step) book.use('product', step.product, at('product'));
  if ('client' in step && step.client !== undefined) book.use('client', step.client, at('client'));
  if ('of' in step) book.use('sale', step.of, at('of'));
  if (step.do === 'sell') {
    for (const code of Object.keys(step.lines)) book.use('product', code, [...at('lines'), code]);
  }
  if ('as' in step && step.as !== undefined) book.add('sale', step.as, at('as'));
  if (step.do === 'createProduct') book.add('product', step.code, at('code'));
  if (step.do === 'createClient') book.add('client', step.name, at('name'));
  if (step.do === 'copyProfile') book.add('terminal', step.to, at('to'));
  if (step.do === 'backup') book.makeBackup(step.name);
  if (step.do === 'restore') book.use('backup', step.name, at('name'));
}

/** What the names below the key of an expectation stand for. */
const KIND_OF: Readonly<Record<string, Kind>> = {
  stock: 'product',
  product: 'product',
  client: 'client',
  sale: 'sale',
  shownStock: 'terminal',
  pending: 'terminal',
  conflicts: 'terminal',
  rejected: 'terminal',
  incomplete: 'terminal',
  session: 'terminal',
};

function checkExpectation(
  book: NameBook,
  expectation: Expectation,
  path: readonly string[],
  steps: number,
): void {
  const [key = ''] = Object.keys(expectation);
  const kind = KIND_OF[key];
  const names = Object.keys((expectation as Record<string, object>)[key] ?? {});
  if (kind !== undefined) for (const name of names) book.use(kind, name, [...path, key, name]);
  if ('shownStock' in expectation) {
    for (const [terminal, codes] of Object.entries(expectation.shownStock)) {
      for (const code of Object.keys(codes)) {
        book.use('product', code, [...path, key, terminal, code]);
      }
    }
  }
  if ('flags' in expectation) {
    for (const flag of names.filter((name) => !FLAGS.some((known) => known === name))) {
      const message = `unknown flag "${flag}"; allowed: ${FLAGS.join(', ')}`;
      book.problems.push({ path: [...path, key, flag], message });
    }
  }
  if ('outcome' in expectation) {
    for (const name of names.filter((step) => !(Number(step) >= 1 && Number(step) <= steps))) {
      const message = `there is no step ${name}; they are 1 to ${steps}`;
      book.problems.push({ path: [...path, key, name], message });
    }
  }
}
