import { type Static, type TProperties, Type } from '@sinclair/typebox';
import { NETWORK_FAULTS, SERVER_CRASHES, TERMINAL_CRASHES } from '../faults';

/*
 * A scenario: what is there, what happens, what must hold. QA writes them as YAML (test/scenarios), random histories are
 * made of the same steps, and a failure that was found is kept as a file of the same form.
 */

const Name = Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_.-]+$' });
const Ms = Type.Integer({ minimum: 0, maximum: 10 * 365 * 24 * 3600 * 1000 });
const SignedMs = Type.Integer({
  minimum: -11 * 365 * 24 * 3600 * 1000,
  maximum: 11 * 365 * 24 * 3600 * 1000,
});
const Nth = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 1000, description: 'Crash the nth time it is passed.' }),
);
const oneOf = <const T extends string>(names: readonly T[], description: string) =>
  Type.Unsafe<T>(
    Type.Union(
      names.map((name) => Type.Literal(name)),
      { description },
    ),
  );
const Role = oneOf(['owner', 'supervisor', 'cashier'], 'Role of the user.');

export const givenSchema = Type.Object(
  {
    products: Type.Array(
      Type.Object(
        {
          code: Name,
          price: Type.Number({ minimum: 0, description: 'In currency units, before tax.' }),
          stock: Type.Number({ description: 'Opening stock, in units.' }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 500 },
    ),
    clients: Type.Array(
      Type.Object({ name: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
    ),
    users: Type.Array(Type.Object({ name: Name, role: Role }, { additionalProperties: false }), {
      minItems: 1,
    }),
    terminals: Type.Array(
      Type.Object(
        {
          name: Name,
          user: Name,
          skewMs: Type.Optional(SignedMs),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 8 },
    ),
  },
  { additionalProperties: false },
);

/** What every step may say. */
const common = {
  wait: Type.Optional(Type.Unsafe<number>({ ...Ms, description: 'Virtual ms that pass before.' })),
  note: Type.Optional(Type.String()),
};
/** A step of a person at a terminal; `background` does not wait for its end. */
const atTerminal = { ...common, terminal: Name, background: Type.Optional(Type.Boolean()) };

const step = <D extends string, P extends TProperties>(name: D, properties: P) =>
  Type.Object({ do: Type.Literal(name), ...properties }, { additionalProperties: false });

const Quantities = Type.Record(Type.String(), Type.Number({ exclusiveMinimum: 0 }), {
  minProperties: 1,
  description: 'Product code -> quantity in units.',
});
const Change = Type.Record(Type.String(), Type.Unknown(), { minProperties: 1 });

const personSteps = [
  step('login', { ...atTerminal, user: Type.Optional(Name) }),
  step('logout', atTerminal),
  step('sync', { ...atTerminal, unit: oneOf(['clients', 'products', 'all'], 'What is synced.') }),
  step('sell', {
    ...atTerminal,
    lines: Quantities,
    client: Type.Optional(Type.String({ description: 'Name of the client; walk-in without.' })),
    as: Type.Optional(Type.Unsafe<string>({ ...Name, description: 'Label for later steps.' })),
  }),
  step('creditNote', { ...atTerminal, of: Name }),
  step('createClient', { ...atTerminal, name: Type.String({ minLength: 1 }) }),
  step('editClient', { ...atTerminal, client: Type.String(), set: Change }),
  step('createProduct', { ...atTerminal, code: Name, price: Type.Number({ minimum: 0 }) }),
  step('editProduct', { ...atTerminal, product: Name, set: Change }),
  step('adjust', { ...atTerminal, product: Name, quantity: Type.Number() }),
  step('openShift', { ...atTerminal, cash: Type.Number({ minimum: 0 }) }),
  step('closeShift', { ...atTerminal, cash: Type.Number({ minimum: 0 }) }),
  step('applyMine', { ...atTerminal }),
  step('keepTheirs', { ...atTerminal }),
  step('sendAgain', { ...atTerminal }),
] as const;

const machineSteps = [
  step('reload', { ...common, terminal: Name }),
  step('crash', { ...common, terminal: Name }),
  step('start', { ...common, terminal: Name }),
  step('crashAt', {
    ...common,
    terminal: Name,
    point: oneOf(TERMINAL_CRASHES, 'Where the terminal dies.'),
    nth: Nth,
  }),
  step('clock', { ...common, terminal: Name, skewMs: SignedMs }),
  step('copyProfile', { ...common, terminal: Name, to: Name }),
  step('offline', { ...common, terminal: Name }),
  step('online', { ...common, terminal: Name }),
  step('fault', {
    ...common,
    terminal: Name,
    fault: oneOf(NETWORK_FAULTS, 'What happens to the next requests.'),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    requests: Type.Optional(
      Type.String({ description: 'Only those whose METHOD and path begin so.' }),
    ),
  }),
  step('serverCrash', { ...common, downMs: Type.Optional(Ms) }),
  step('serverCrashAt', {
    ...common,
    point: oneOf(SERVER_CRASHES, 'Where the server dies.'),
    nth: Nth,
    downMs: Type.Optional(Ms),
  }),
  step('serverStop', common),
  step('serverStart', common),
  step('backup', { ...common, name: Name }),
  step('restore', { ...common, name: Name }),
  step('expireSessions', common),
  step('setUser', {
    ...common,
    user: Name,
    role: Type.Optional(Role),
    active: Type.Optional(Type.Boolean()),
  }),
  step('revoke', { ...common, terminal: Name }),
  step('wait', { ms: Ms, note: Type.Optional(Type.String()) }),
  step('settle', { ...common }),
] as const;

export const stepSchema = Type.Union([...personSteps, ...machineSteps]);

const perName = <T extends TProperties[string]>(value: T, description: string) =>
  Type.Record(Type.String(), value, { minProperties: 1, description });
const whole = Type.Integer({ minimum: 0 });

/** One expectation; each names the terminal, product or collection that it is about. */
export const expectationSchema = Type.Union([
  Type.Object(
    { invariants: Type.Literal('hold', { description: 'All invariants of the design, checked.' }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { stock: perName(Type.Number(), 'Product code -> units at the server.') },
    { additionalProperties: false },
  ),
  Type.Object(
    { shownStock: perName(perName(Type.Number(), 'Code -> units.'), 'Terminal -> shown stock.') },
    { additionalProperties: false },
  ),
  Type.Object(
    { pending: perName(whole, 'Terminal -> documents still pending.') },
    { additionalProperties: false },
  ),
  Type.Object(
    { conflicts: perName(whole, 'Terminal -> open conflicts.') },
    { additionalProperties: false },
  ),
  Type.Object(
    { rejected: perName(whole, 'Terminal -> refused documents.') },
    { additionalProperties: false },
  ),
  Type.Object(
    { count: perName(whole, 'Collection -> documents at the server.') },
    { additionalProperties: false },
  ),
  Type.Object(
    { product: perName(Change, 'Product code -> field -> value at the server.') },
    { additionalProperties: false },
  ),
  Type.Object(
    { client: perName(Change, 'Client name when it began -> field -> value at the server.') },
    { additionalProperties: false },
  ),
  Type.Object(
    { flags: perName(whole, 'Flag -> invoices at the server that have it.') },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      outcome: perName(
        Type.String(),
        'Step number, from 1 -> ok, or the error code with which it ended.',
      ),
    },
    { additionalProperties: false },
  ),
]);

export const scenarioSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    about: Type.Optional(Type.String()),
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    given: givenSchema,
    steps: Type.Array(stepSchema, { minItems: 1, maxItems: 2000 }),
    expect: Type.Array(expectationSchema, { minItems: 1 }),
  },
  { additionalProperties: false, title: 'Scenario of Mostrador' },
);

export type Scenario = Static<typeof scenarioSchema>;
export type Step = Static<typeof stepSchema>;
export type Expectation = Static<typeof expectationSchema>;
