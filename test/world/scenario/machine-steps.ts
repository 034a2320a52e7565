import { type User, userSchema } from '../../../schemas/users';
import { validate } from '../../../schemas/validate';
import { writeUser } from '../../../server/auth/users';
import type { World } from '../world';
import type { Step } from './schema';
import { ScenarioError } from './spec-of';

/** Carries out a step that is not a person's: machines, network, the server and who runs it. */
export async function machineStep(world: World, step: Step): Promise<void> {
  const { server, scheduler } = world;
  switch (step.do) {
    case 'wait':
      return scheduler.pass(step.ms);
    case 'reload':
      return world.terminal(step.terminal).reload();
    case 'crash':
      return world.terminal(step.terminal).crash();
    case 'start':
      return world.terminal(step.terminal).start();
    case 'crashAt':
      return world.terminal(step.terminal).armCrash(step.point, step.nth);
    case 'clock':
      world.trace.add(step.terminal, 'clock', { skewMs: step.skewMs });
      world.terminal(step.terminal).skew = step.skewMs;
      world.faults.met('clock');
      return;
    case 'copyProfile':
      world.faults.met('copyProfile');
      await world.copyProfile(step.terminal, step.to);
      return;
    case 'offline':
    case 'online':
      world.trace.add(step.terminal, step.do);
      world.terminal(step.terminal).line.up = step.do === 'online';
      return;
    case 'fault':
      return world.terminal(step.terminal).line.arm(step.fault, {
        prefix: step.requests ?? '',
        count: step.count ?? 1,
      });
    case 'serverCrash':
      await server.crash();
      world.faults.met('serverCrash');
      scheduler.after(step.downMs ?? 5_000, () => server.start());
      return;
    case 'serverCrashAt':
      return server.armCrash(step.point, {
        ...(step.nth === undefined ? {} : { nth: step.nth }),
        ...(step.downMs === undefined ? {} : { downMs: step.downMs }),
      });
    case 'serverStop':
      world.trace.add('server', 'stops');
      return server.stop();
    case 'serverStart':
      return server.start();
    case 'backup':
      await server.start();
      return server.backup(step.name);
    case 'restore':
      await server.start();
      world.faults.met('restore');
      return server.restore(step.name, world.storeId);
    case 'expireSessions':
      await server.start();
      world.faults.met('expireSessions');
      return server.context.store.scope(world.storeId).auth.removeExpiredSessions('9999');
    case 'setUser':
      await server.start();
      return setUser(world, step);
    case 'revoke':
      await server.start();
      return revoke(world, step.terminal);
    default:
      throw new ScenarioError(`${step.do} is not a step of a machine`);
  }
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
