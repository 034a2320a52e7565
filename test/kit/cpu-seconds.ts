import { readdirSync, readFileSync } from 'node:fs';

/** What Linux counts CPU time in, everywhere: hundredths of a second. */
const TICKS = 100;

interface Stat {
  parent: number;
  seconds: number;
}

/** CPU time of a process and of those of its children that have ended; null where the machine does not tell. */
function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    /* The name, in brackets, may contain anything; the numbers follow it. */
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
    return { parent, seconds: ticks / TICKS };
  } catch {
    return null;
  }
}

/** CPU time in seconds that a process and its children have used so far; 0 where the machine does not tell. */
export function cpuSeconds(pid: number): number {
  let sum = statOf(pid)?.seconds ?? 0;
  try {
    for (const name of readdirSync('/proc')) {
      const stat = /^\d+$/.test(name) ? statOf(name) : null;
      if (stat?.parent === pid) sum += stat.seconds;
    }
  } catch {
    return sum;
  }
  return sum;
}
