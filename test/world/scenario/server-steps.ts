import { type User, userSchema } from '../../../schemas/users';
import { validate } from '../../../schemas/validate';
import { writeUser } from '../../../server/auth/users';
import type { ArmedFault } from '../faults';
import { AT_SERVER, type Ledger } from '../oracle/ledger';
import type { Doc } from '../oracle/server-view';
import type { World } from '../world';
import { ScenarioError } from './machine-steps';
import type { Names } from './names';
import type { Step } from './schema';
import { minorPrice } from './to-operation';

/** Carries out a step that is about the server, or somebody who works at it; returns the fault that it arms. */
export async function serverStep(
  world: World,
  step: Step,
  { names, ledger }: { names: Names; ledger: Ledger },
): Promise<ArmedFault | null> {
  const { server, scheduler, faults } = world;
  switch (step.do) {
    case 'serverCrash':
      await server.crash();
      faults.met('serverCrash');
      scheduler.after(step.downMs ?? 5_000, () => server.start());
      return null;
    case 'serverCrashAt':
      return server.armCrash(step.point, {
        ...(step.nth === undefined ? {} : { nth: step.nth }),
        ...(step.downMs === undefined ? {} : { downMs: step.downMs }),
      });
    case 'serverDiskFull':
      return server.armDiskFull(step.times);
    case 'serverBusy':
      return server.armBusy(step.times);
    case 'serverStop':
      world.trace.add('server', 'stops');
      await server.stop();
      return null;
    case 'serverStart':
      await server.start();
      return null;
    default:
      await server.byHand(() => byHand(world, step, { names, ledger }));
      return null;
  }
}

/** What somebody does at a running server. */
async function byHand(
  world: World,
  step: Step,
  { names, ledger }: { names: Names; ledger: Ledger },
): Promise<void> {
  const { server, faults } = world;
  switch (step.do) {
    case 'backup':
      ledger.backup(step.name);
      return server.backup(step.name);
    case 'restore':
      faults.met('restore');
      ledger.restore(step.name);
      return server.restore(step.name, world.storeId);
    case 'cut':
      return cut(world, step.days, ledger);
    case 'expireSessions':
      faults.met('expireSessions');
      return server.context.store.scope(world.storeId).auth.removeExpiredSessions('9999');
    case 'setUser':
      if (step.role !== undefined) ledger.hasRole(step.user, step.role);
      return setUser(world, step);
    case 'revoke':
      return revoke(world, step.terminal);
    case 'serverEditProduct':
    case 'serverEditClient': {
      const isProduct = step.do === 'serverEditProduct';
      const collection = isProduct ? 'products' : 'clients';
      const id = isProduct ? names.product(step.product) : names.client(step.client);
      const set = isProduct ? minorPrice(step.set) : step.set;
      const { before, after } = await rewrite(world, collection, id, (current) => ({
        ...current,
        ...set,
      }));
      ledger.wrote(AT_SERVER, collection, before, after);
      return;
    }
    case 'serverSchemaAhead':
      await rewrite(world, 'products', names.product(step.product), (current) => {
        const { warrantyMonths, ...known } = current;
        return step.ahead ? { ...known, warrantyMonths: 12 } : known;
      });
      return;
    default:
      throw new ScenarioError(`${step.do} is not a step of a machine`);
  }
}

/** As the server's own task does, cut after cut. */
async function cut(world: World, days: number, ledger: Ledger) {
  const { server, storeId, scheduler, trace, faults } = world;
  const { store } = server.context;
  const at = new Date(scheduler.now).toISOString();
  const to = new Date(scheduler.now - days * 24 * 3_600_000).toISOString();
  for (let isLast = false; !isLast; ) {
    isLast = await store.transaction(storeId, async ({ archive }) => {
      const planned = await archive.planCut(to, 2000);
      if (planned === null) return true;
      await archive.makeCut(planned, at);
      trace.add('server', 'cuts', { ...planned.cut });
      faults.met('cut');
      for (const { id } of planned.archived) ledger.archived.add(id);
      return planned.isLast;
    });
  }
}

/** Writes the next state of a document as the server's own programs do. */
async function rewrite(
  world: World,
  collection: 'products' | 'clients',
  id: string,
  change: (current: Doc) => Record<string, unknown>,
): Promise<{ before: Doc; after: Doc }> {
  const { store, ports } = world.server.context;
  world.trace.add('server', 'rewrites', { collection, id });
  return store.transaction(world.storeId, async ({ documents }) => {
    const stored = (await documents.find(collection, [id])).get(id);
    if (stored === undefined) throw new ScenarioError(`the server has no such document: ${id}`);
    const before = JSON.parse(stored.json) as Doc;
    const [ver, edit] = [stored.ver + 1, ports.ids.newId()];
    const updatedAt = new Date(ports.clock.now()).toISOString();
    const after = { ...change(before), id, ver, edit, updatedAt, editedBy: '' };
    await documents.write(collection, [{ id, ver, edit, json: JSON.stringify(after) }]);
    return { before, after };
  });
}

async function setUser(world: World, step: Extract<Step, { do: 'setUser' }>): Promise<void> {
  const { store, ports } = world.server.context;
  world.trace.add('server', 'setUser', { ...step });
  world.faults.met('setUser');
  await store.transaction(world.storeId, async (scope) => {
    const page = await scope.documents.page('users', 0, 1000);
    for (const { json } of page.documents) {
      const parsed = validate<User>(userSchema, JSON.parse(json));
      if (!parsed.ok || parsed.value.userName !== step.user) continue;
      await writeUser(scope, {
        ...parsed.value,
        ver: parsed.value.ver + 1,
        edit: ports.ids.newId(),
        ...(step.role === undefined ? {} : { role: step.role }),
        ...(step.active === undefined ? {} : { active: step.active }),
      });
    }
  });
}

async function revoke(world: World, name: string): Promise<void> {
  const { auth } = world.server.context.store.scope(world.storeId);
  const found = (await auth.terminals()).find((terminal) => terminal.name === name);
  if (found === undefined) throw new ScenarioError(`there is no terminal ${name}`);
  world.trace.add('server', 'revokes', { terminal: name });
  world.faults.met('revoke');
  await auth.revokeTerminal(found.id, new Date(world.scheduler.now).toISOString());
}
