import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { prng } from '../../server/demo/prng';
import { AcknowledgedRows } from '../crash/acknowledged';
import { auditDatabase } from '../crash/audit-database';
import { brokenOff, finderFor, type Losses, noLosses, refusalsOf } from '../crash/losses';
import { missing, openTerminals, settleDoubt } from '../crash/run-crashes';
import { serverProcess } from '../crash/server-process';
import { Pair } from './pair';

export interface FailoverReport extends Losses {
  failovers: number;
  /** From the death of the primary to the first row that was acknowledged after it, in s; a figure, not a limit. */
  pauses: number[];
}

const LOAD_MS = { least: 200, most: 900 };
/** For which the standby is down before the primary dies, in every other failover. */
const BEHIND_MS = { least: 100, most: 400 };

/**
 * Kills the primary by SIGKILL while terminals push over several nodes, lets the standby take over, and looks whether
 * everything that was acknowledged is there. In every other failover the standby went down a moment before the
 * primary: with synchronous replication nothing is acknowledged meanwhile, without it that is what gets lost.
 */
export async function runFailover(options: {
  root: string;
  failovers: number;
  seed: number;
  synchronous: boolean;
  nodes: number;
  maxSeconds: number;
  onFailover?: (report: Readonly<FailoverReport>) => void;
}): Promise<FailoverReport> {
  const { root, failovers, seed, synchronous, maxSeconds } = options;
  const next = prng(seed);
  const between = ({ least, most }: { least: number; most: number }): number =>
    least + next() * (most - least);
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mostrador-failover-'));
  const pair = await Pair.start(synchronous);
  const place = { dataDir, databaseUrl: pair.url };
  const nodes = await Promise.all(
    Array.from({ length: options.nodes }, () => serverProcess(root, place)),
  );
  const acknowledged = new AcknowledgedRows();
  const report: FailoverReport = { ...noLosses(seed), failovers: 0, pauses: [] };
  const found = finderFor(report);
  try {
    const codes: string[] = [];
    for (const node of nodes) codes.push(...(await node.start()));
    let turn = 0;
    /* As a balancer does: each request to the next node. */
    const balanced = {
      get url() {
        turn += 1;
        return nodes[turn % nodes.length]?.url ?? '';
      },
    };
    const terminals = await openTerminals(balanced, codes, { next, acknowledged, mayBeBusy: true });
    const [reader] = terminals;
    if (reader === undefined) throw new Error('no terminal');
    while (report.failovers < failovers && seconds() < maxSeconds) {
      let goesOn = true;
      const load = Promise.allSettled(
        terminals.map((terminal) => terminal.sendWhile(() => goesOn)),
      );
      await wait(between(LOAD_MS));
      const isBehind = !synchronous || report.failovers % 2 === 1;
      if (isBehind) {
        await pair.stopStandby();
        await wait(between(BEHIND_MS));
      }
      const died = performance.now();
      await pair.failOver();
      report.failovers += 1;
      const before = acknowledged.count;
      while (acknowledged.count === before && seconds() < maxSeconds) await wait(10);
      report.pauses.push((performance.now() - died) / 1000);
      await wait(between(LOAD_MS));
      goesOn = false;
      report.refused += found(brokenOff(await load));
      const now = { dataDir, databaseUrl: pair.primaryUrl };
      report.half += found(await auditDatabase(now));
      report.lost += found(await missing(reader.api, acknowledged, now));
      report.acknowledged = acknowledged.count;
      report.seconds = seconds();
      if (report.lost === 0) {
        for (const terminal of terminals) await settleDoubt(terminal, now, report, found);
        report.refused += found(refusalsOf(terminals));
      }
      options.onFailover?.(report);
      if (report.problems.length > 0) break;
      if (report.failovers < failovers) await pair.makeStandby();
    }
    return report;
  } finally {
    for (const node of nodes) await node.kill();
    await pair.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
