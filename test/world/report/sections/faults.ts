import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { badge, nothing, section, stepLink, wordTable } from '../page/parts';
import { meaningOfFault } from '../words/fault-words';
import { counted } from '../words/value-words';

/** Faults that were asked for, and how often each really came. */
export function faultsSection({ scenario, faults, unusedFaults }: RunResult): Html {
  const asked = new Map<string, number[]>();
  for (const [index, step] of scenario.steps.entries()) {
    const name = step.do === 'fault' ? step.fault : 'point' in step ? step.point : null;
    if (name !== null) asked.set(name, [...(asked.get(name) ?? []), index + 1]);
  }
  const names = [...new Set([...faults.keys(), ...asked.keys()])];
  const rows = names.map((name) => {
    const met = faults.get(name) ?? 0;
    const isUnused = unusedFaults.includes(name);
    const steps = (asked.get(name) ?? []).map(
      (step, index) => html`${index > 0 && ', '}${stepLink(step)}`,
    );
    return {
      grade: isUnused ? ('bad' as const) : ('none' as const),
      cells: [
        html`<code>${name}</code>`,
        meaningOfFault(name),
        steps,
        isUnused ? badge('bad', 'never met') : counted(met, 'time'),
      ],
    };
  });
  return section(
    'faults',
    'Faults',
    rows.length === 0
      ? nothing('Nothing was made to go wrong.')
      : wordTable(['Fault', 'What it does', 'Asked for in', 'Met'], rows, 'Faults'),
  );
}
