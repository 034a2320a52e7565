import type { ArmedFault } from '../faults';
import type { World } from '../world';
import type { Step } from './schema';

/** A step of a machine cannot be carried out in the state in which it finds the world. */
export class ScenarioError extends Error {}

/**
 * Carries out a step that is about a terminal's machine or its line. Returns the fault that it arms, if it does;
 * false where the step is of another kind.
 */
export async function machineStep(world: World, step: Step): Promise<ArmedFault | null | false> {
  const { trace, faults } = world;
  switch (step.do) {
    case 'install':
      await healthy(world, step.terminal, () =>
        world.install({ name: step.terminal, skewMs: step.skewMs ?? 0 }),
      );
      return null;
    case 'reset': {
      const terminal = world.terminal(step.terminal);
      terminal.line.heal();
      faults.met('reset');
      await healthy(world, step.terminal, () => world.reset(terminal));
      return null;
    }
    case 'copyProfile':
      faults.met('copyProfile');
      await world.copyProfile(step.terminal, step.to);
      return null;
    case 'reload':
      await world.terminal(step.terminal).reload();
      return null;
    case 'crash':
      world.terminal(step.terminal).crash();
      return null;
    case 'start':
      await world.terminal(step.terminal).start();
      return null;
    case 'crashAt':
      return world.terminal(step.terminal).armCrash(step.point, step.nth);
    case 'clock':
      trace.add(step.terminal, 'clock', { skewMs: step.skewMs });
      world.terminal(step.terminal).skew = step.skewMs;
      faults.met('clock');
      return null;
    case 'offline':
    case 'online':
      trace.add(step.terminal, step.do);
      world.terminal(step.terminal).line.up = step.do === 'online';
      return null;
    case 'fault':
      return world.terminal(step.terminal).line.arm(step.fault, {
        prefix: step.requests ?? '',
        count: step.count ?? 1,
      });
    case 'terminalDiskFull':
      trace.add(step.terminal, 'disk', { full: step.full });
      world.terminal(step.terminal).disk.full = step.full;
      return null;
    case 'protocol':
      trace.add(step.terminal, 'protocol', { version: step.version });
      world.terminal(step.terminal).protocol = step.version;
      return null;
    default:
      return false;
  }
}

/** Enrolment needs a server, and a code that somebody has just made there. */
async function healthy(world: World, name: string, task: () => Promise<unknown>): Promise<void> {
  try {
    await world.server.byHand(task);
  } catch (cause) {
    throw new ScenarioError(`${name} could not be enrolled`, { cause });
  }
}
