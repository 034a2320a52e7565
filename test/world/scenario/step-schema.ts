import { type TProperties, Type } from '@sinclair/typebox';
import { NETWORK_FAULTS, SERVER_CRASHES, TERMINAL_CRASHES } from '../faults';
import {
  ClientFields,
  Label,
  Money,
  Ms,
  Name,
  oneOf,
  ProductFields,
  Role,
  SignedMs,
} from './schema-parts';

const Nth = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 1000, description: 'Crash the nth time it is passed.' }),
);

/** What every step may say. */
const common = {
  wait: Type.Optional(Type.Unsafe<number>({ ...Ms, description: 'Virtual ms that pass before.' })),
  note: Type.Optional(Type.String()),
};
/** A step about one terminal. */
const machine = { ...common, terminal: Name };
/** A step of a person at a terminal. */
const person = {
  ...machine,
  background: Type.Optional(Type.Boolean({ description: 'Do not wait for its end.' })),
  atOnce: Type.Optional(
    Type.Boolean({ description: 'The next step begins at the same moment, as in another tab.' }),
  ),
};

const step = <D extends string, P extends TProperties>(name: D, description: string, parts: P) =>
  Type.Object(
    { do: Type.Literal(name), ...parts },
    { additionalProperties: false, title: name, description },
  );

const Quantities = Type.Record(Type.String(), Type.Number({ exclusiveMinimum: 0 }), {
  minProperties: 1,
  description: 'Product code -> quantity in units.',
});
const ClientName = Type.String({ minLength: 1, description: 'Name of the client.' });
/** Past the desk's own checks, so any value will do. */
const Anything = Type.Record(Type.String(), Type.Unknown(), { minProperties: 1 });

const personSteps = [
  step('login', 'Logs in, and goes through the three syncs of a login.', {
    ...person,
    user: Type.Optional(Name),
  }),
  step('logout', 'Logs out.', person),
  step('sync', 'Facturar > Contingencias: one of the three syncs, dialog by dialog.', {
    ...person,
    unit: oneOf(['clients', 'products', 'all'], 'What is synced.'),
  }),
  step('sell', 'Sells for cash.', {
    ...person,
    lines: Quantities,
    client: Type.Optional(Type.String({ description: 'Name of the client; walk-in without.' })),
    as: Type.Optional(Label('Label for later steps and for "expect".')),
  }),
  step('creditNote', 'Takes a whole sale back.', {
    ...person,
    of: Label('Label of the sale.'),
    as: Type.Optional(Label('Label for "expect".')),
  }),
  step('createClient', 'Makes a client.', { ...person, name: Type.String({ minLength: 1 }) }),
  step('editClient', 'Changes fields of a client.', {
    ...person,
    client: ClientName,
    set: ClientFields,
  }),
  step('createProduct', 'Makes a product.', { ...person, code: Name, price: Money }),
  step('editProduct', 'Changes fields of a product.', {
    ...person,
    product: Name,
    set: ProductFields,
  }),
  step('adjust', 'Adjusts stock by hand.', {
    ...person,
    product: Name,
    quantity: Type.Number({ description: 'Units; negative takes away.' }),
  }),
  step('openShift', 'Opens the cash session.', { ...person, cash: Money }),
  step('closeShift', 'Closes the cash session.', { ...person, cash: Money }),
  step('applyMine', 'Decides the first open conflict: the value typed here.', person),
  step('keepTheirs', 'Decides the first open conflict: the value of the server.', person),
  step('sendAgain', 'Offers the first refused document again.', person),
] as const;

const terminalSteps = [
  step('install', 'A new browser profile: enrolled with a code, nobody logged in.', {
    ...machine,
    user: Label('Who works there.'),
    skewMs: Type.Optional(SignedMs),
  }),
  step('reset', 'The profile is wiped, and enrolled again with a new code.', machine),
  step('copyProfile', 'Another terminal begins with a copy of this one’s profile.', {
    ...machine,
    to: Name,
  }),
  step('reload', 'The page is loaded again.', machine),
  step('crash', 'The machine is off at once.', machine),
  step('start', 'The page is opened, if it is not.', machine),
  step('crashAt', 'Dies when it passes the point.', {
    ...machine,
    point: oneOf(TERMINAL_CRASHES, 'Where the terminal dies.'),
    nth: Nth,
  }),
  step('clock', 'Its clock is set.', { ...machine, skewMs: SignedMs }),
  step('offline', 'No message gets through, either way.', machine),
  step('online', 'Messages get through again.', machine),
  step('fault', 'Something happens to its next requests.', {
    ...machine,
    fault: oneOf(NETWORK_FAULTS, 'What happens.'),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    requests: Type.Optional(
      Type.String({ description: 'Only those whose METHOD and path begin so: POST /api/sync' }),
    ),
  }),
  step('terminalDiskFull', 'Its browser can store nothing more, or can again.', {
    ...machine,
    full: Type.Boolean(),
  }),
  step('protocol', 'Its program speaks this version of the protocol.', {
    ...machine,
    version: Type.Integer({ minimum: -1000, maximum: 1000 }),
  }),
  step('spoilClient', 'Puts values into a client past all checks of the desk.', {
    ...machine,
    client: ClientName,
    set: Anything,
  }),
  step('spoilSale', 'Alters a stored sale past all checks of the desk.', {
    ...machine,
    of: Label('Label of the sale.'),
    set: Anything,
  }),
] as const;

const serverSteps = [
  step('serverCrash', 'The server dies, and starts again.', {
    ...common,
    downMs: Type.Optional(Ms),
  }),
  step('serverCrashAt', 'The server dies when it passes the point, and starts again.', {
    ...common,
    point: oneOf(SERVER_CRASHES, 'Where the server dies.'),
    nth: Nth,
    downMs: Type.Optional(Ms),
  }),
  step('serverStop', 'The server stops.', common),
  step('serverStart', 'The server starts.', common),
  step('serverDiskFull', 'The next transactions of the server find no room on its disk.', {
    ...common,
    times: Type.Integer({ minimum: 1, maximum: 1000 }),
  }),
  step(
    'serverBusy',
    'The next pushes and pulls find no place at the server, which says when to come back.',
    {
      ...common,
      times: Type.Integer({ minimum: 1, maximum: 1000 }),
    },
  ),
  step('serverEditProduct', 'Somebody changes a product at the server (an import).', {
    ...common,
    product: Name,
    set: ProductFields,
  }),
  step('serverEditClient', 'Somebody changes a client at the server.', {
    ...common,
    client: ClientName,
    set: ClientFields,
  }),
  step('serverSchemaAhead', 'The server keeps this product by a newer schema, or does no more.', {
    ...common,
    product: Name,
    ahead: Type.Boolean(),
  }),
  step('cut', 'The server archives the invoices that are older; terminals drop them.', {
    ...common,
    days: Type.Integer({
      minimum: 0,
      maximum: 36_500,
      description: 'Days that terminals hold; 0: what stands so far is archived.',
    }),
  }),
  step('backup', 'The server’s data are copied under a name.', { ...common, name: Name }),
  step('restore', 'The copy of that name is put back, and a new epoch begins.', {
    ...common,
    name: Name,
  }),
  step('expireSessions', 'Every session has expired.', common),
  step('setUser', 'The owner changes a user.', {
    ...common,
    user: Name,
    role: Type.Optional(Role),
    active: Type.Optional(Type.Boolean()),
  }),
  step('revoke', 'The owner revokes a terminal.', machine),
] as const;

const timeSteps = [
  step('wait', 'Time passes.', { ms: Ms, note: Type.Optional(Type.String()) }),
  step('settle', 'All is well again; everybody logs in where needed and syncs until done.', common),
] as const;

/** Members by the value of `do`. */
export const STEP_SCHEMAS = [...personSteps, ...terminalSteps, ...serverSteps, ...timeSteps];

export const stepSchema = Type.Union([
  ...personSteps,
  ...terminalSteps,
  ...serverSteps,
  ...timeSteps,
]);
