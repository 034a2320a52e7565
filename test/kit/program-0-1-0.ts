import type { TObject } from '@sinclair/typebox';
import type { Invoice } from '../../schemas/invoices';

const VERSION = '../../shared/protocol/version';
const UPGRADES = '../../schemas/migrations/upgrade-document';
const REGISTRY = '../../schemas/registry';
const BUILD = '../../client/desk/build-invoice';

/** The members of an object's schema without some of them; TypeBox's own marks stay. */
function without(schema: TObject, ...names: string[]): TObject {
  const properties = Object.entries(schema.properties).filter(([name]) => !names.includes(name));
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    required: (schema.required ?? []).filter((name) => !names.includes(name)),
  };
}

/**
 * Loads modules so that the client behaves as that of version 0.1.0 did: protocol 1, invoices without approvals and
 * signatures, no migrations. Returns what ends it.
 */
export function program010(): () => void {
  const actual = <T extends object>(path: string): T => jest.requireActual<T>(path);
  jest.doMock(VERSION, () => ({ ...actual(VERSION), PROTOCOL_VERSION: 1 }));
  jest.doMock(UPGRADES, () => ({
    MIGRATIONS: {},
    upgradeDocument: (_name: string, value: unknown) => value,
  }));
  jest.doMock(REGISTRY, () => {
    const registry = actual<typeof import('../../schemas/registry')>(REGISTRY);
    const old = without(registry.COLLECTIONS.invoices.schema, 'approvals');
    const chain = without(old.properties['chain'] as TObject, 'signature');
    const schema = { ...old, properties: { ...old.properties, chain } };
    const invoices = { ...registry.COLLECTIONS.invoices, version: 0, schema };
    return { ...registry, COLLECTIONS: { ...registry.COLLECTIONS, invoices } };
  });
  jest.doMock(BUILD, () => {
    const build = actual<typeof import('../../client/desk/build-invoice')>(BUILD);
    return {
      ...build,
      buildInvoice: (...given: Parameters<typeof build.buildInvoice>) => {
        const { approvals, chain, ...invoice } = build.buildInvoice(...given) as Invoice;
        return { ...invoice, chain: { prev: chain.prev, hash: chain.hash } };
      },
    };
  });
  return () => {
    for (const path of [VERSION, UPGRADES, REGISTRY, BUILD]) jest.dontMock(path);
  };
}
