import fc from 'fast-check';
import { enTrust } from '../../../client/i18n/en-trust';
import { errorsEn } from '../../../client/i18n/errors-en';
import { errorsEs } from '../../../client/i18n/errors-es';
import { esTrust } from '../../../client/i18n/es-trust';
import {
  type AnyDocument,
  COLLECTION_NAMES,
  COLLECTIONS,
  type CollectionName,
} from '../../../schemas/registry';
import type { Role } from '../../../schemas/users';
import { ACCESS, UNRULED_FIELDS } from '../../../shared/access/access-table';
import { deniedField, mayChange, mayWrite } from '../../../shared/access/denied-field';
import { neededPermissions } from '../../../shared/access/needed-permissions';
import { PASSWORD_MIN } from '../../../shared/access/password-rule';
import { may } from '../../../shared/roles';

const ROLES: readonly Role[] = ['owner', 'supervisor', 'cashier', 'qa'];

const fieldsOf = (collection: CollectionName): string[] =>
  Object.keys(COLLECTIONS[collection].schema.properties).filter(
    (field) => !(UNRULED_FIELDS as readonly string[]).includes(field),
  );

const listed = (role: Role, collection: CollectionName, operation: 'create' | 'update') =>
  (ACCESS[role][collection]?.[operation] ?? []) as readonly string[];

/** `all`, `-`, or the fields; what lacks of all the schema has is named where that is shorter. */
function words(role: Role, collection: CollectionName, operation: 'create' | 'update'): string {
  const fields = listed(role, collection, operation);
  const missing = fieldsOf(collection).filter((field) => !fields.includes(field));
  if (fields.length === 0) return '-';
  if (missing.length === 0) return 'all';
  return missing.length < fields.length ? `all but ${missing.join(', ')}` : fields.join(', ');
}

test('S1 P70 the whole table, to be read: role, collection, operation, fields', () => {
  const lines = ROLES.flatMap((role) =>
    COLLECTION_NAMES.flatMap((collection) =>
      (['create', 'update'] as const).map(
        (operation) =>
          `${role.padEnd(11)}${collection.padEnd(10)}${operation.padEnd(7)} ${words(role, collection, operation)}`,
      ),
    ),
  );
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
"
owner      clients   create  all
owner      clients   update  all
owner      products  create  all
owner      products  update  all
owner      users     create  -
owner      users     update  -
owner      invoices  create  all
owner      invoices  update  -
owner      movements create  all
owner      movements update  -
owner      stock     create  -
owner      stock     update  -
owner      shifts    create  all
owner      shifts    update  all but terminalId, userId, userName, openedAt, openingCash
supervisor clients   create  all
supervisor clients   update  all
supervisor products  create  all
supervisor products  update  all
supervisor users     create  -
supervisor users     update  -
supervisor invoices  create  all
supervisor invoices  update  -
supervisor movements create  all
supervisor movements update  -
supervisor stock     create  -
supervisor stock     update  -
supervisor shifts    create  all
supervisor shifts    update  all but terminalId, userId, userName, openedAt, openingCash
cashier    clients   create  all
cashier    clients   update  all but active
cashier    products  create  -
cashier    products  update  -
cashier    users     create  -
cashier    users     update  -
cashier    invoices  create  all
cashier    invoices  update  -
cashier    movements create  -
cashier    movements update  -
cashier    stock     create  -
cashier    stock     update  -
cashier    shifts    create  all
cashier    shifts    update  all but terminalId, userId, userName, openedAt, openingCash
qa         clients   create  -
qa         clients   update  -
qa         products  create  -
qa         products  update  -
qa         users     create  -
qa         users     update  -
qa         invoices  create  -
qa         invoices  update  -
qa         movements create  -
qa         movements update  -
qa         stock     create  -
qa         stock     update  -
qa         shifts    create  -
qa         shifts    update  -
"
`);
});

test('S1 P70 what a role may do beyond documents', () => {
  const actions = [
    'sell',
    'editClients',
    'editProducts',
    'adjustStock',
    'creditNote',
    'changePrice',
    'discountAboveLimit',
    'logoutPending',
    'attendAlerts',
    'importData',
    'manageTerminals',
    'manageUsers',
    'readAudit',
  ] as const;
  const lines = actions.map(
    (action) => `${action.padEnd(20)}${ROLES.filter((role) => may(role, action)).join(' ')}`,
  );
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
"
sell                owner supervisor cashier
editClients         owner supervisor cashier
editProducts        owner supervisor
adjustStock         owner supervisor
creditNote          owner supervisor
changePrice         owner supervisor
discountAboveLimit  owner supervisor
logoutPending       owner supervisor
attendAlerts        owner supervisor
importData          owner
manageTerminals     owner
manageUsers         owner
readAudit           owner
"
`);
});

const anyField = fc.constantFrom(
  ...COLLECTION_NAMES.flatMap((collection) =>
    fieldsOf(collection).map((field) => ({ collection, field })),
  ),
);

test('S1 P70 a field that is not listed is denied to every role, in every collection, for every operation', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ROLES),
      anyField,
      fc.string(),
      fc.string(),
      (role, { collection, field }, old, value) => {
        fc.pre(old !== value);
        const after = { id: 'x', ver: 3, edit: 'e', pending: 1, [field]: value };
        const before = { id: 'x', ver: 2, edit: 'd', pending: 0, [field]: old };
        const changed = { before, after: after as unknown as AnyDocument };
        const isListed = listed(role, collection, 'update').includes(field);
        const denied = deniedField(role, collection, changed);
        expect(denied === null).toBe(isListed);
        expect(mayChange(role, collection, field)).toBe(isListed);
        if (denied !== null) expect(denied).toBe(mayWrite(role, collection, 'update') ? field : '');
        const born = deniedField(role, collection, { ...changed, before: null });
        expect(born === null).toBe(listed(role, collection, 'create').includes(field));
      },
    ),
    { seed: 70, numRuns: 2000 },
  );
});

test('S1 P70 a field that goes away is a change too, and an unknown name is nobody’s', () => {
  const before = { id: 'x', ver: 1, edit: 'd', pending: 0, name: 'Ana', active: true };
  const { active: _gone, ...rest } = before;
  const after = rest as unknown as AnyDocument;
  expect(deniedField('cashier', 'clients', { before, after })).toBe('active');
  expect(deniedField('supervisor', 'clients', { before, after })).toBeNull();
  for (const name of ['constructor', '__proto__', 'toString', 'tenant']) {
    expect(deniedField(name as Role, 'clients', { before, after })).toBe('');
    expect(deniedField('owner', name as CollectionName, { before, after })).toBe('');
    const extra = { ...before, [name]: 1 } as unknown as AnyDocument;
    const denied = deniedField('owner', 'clients', { before, after: extra });
    /* A literal's `__proto__` sets nothing: there is no such member to deny. */
    expect(denied).toBe(Object.hasOwn(extra, name) ? name : null);
  }
});

test('P71 what an invoice needs besides the right to sell', () => {
  const sale = (discountRate: number) => ({ type: '04' as const, lines: [{ discountRate }] });
  const limit = { maxDiscount: 1000 };
  expect(neededPermissions(sale(1000), limit)).toEqual([]);
  expect(neededPermissions(sale(1001), limit)).toEqual([
    { permission: 'discountAboveLimit', path: '/lines/0/discountRate' },
  ]);
  for (const type of ['02', '03'] as const) {
    expect(neededPermissions({ ...sale(9000), type }, limit)).toEqual([
      { permission: 'creditNote', path: '/type' },
    ]);
  }
});

test('P73 the words of both languages say the length that the rule has', () => {
  for (const text of [
    esTrust.users.passwordHelp,
    enTrust.users.passwordHelp,
    errorsEs.PASSWORD_TOO_SHORT.action,
    errorsEn.PASSWORD_TOO_SHORT.action,
  ]) {
    expect(text).toContain(`${PASSWORD_MIN} c`);
  }
});
