import path from 'node:path';
import { parseArgs } from 'node:util';
import { runBrowserCrashes } from './browser-crashes';
import { runCrashes } from './run-crashes';

/*
 * npm run crash [-- --kills N] [--seed S] [--minutes M] [--database postgres [--kill-database]]; with --browser a terminal
 * is killed instead of the server, with --kill-database PostgreSQL as well as the server.
 */
const { values } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    database: { type: 'string', default: 'sqlite' },
    'kill-database': { type: 'boolean', default: false },
    kills: { type: 'string' },
    seed: { type: 'string', default: String(1 + (Date.now() % 999_999)) },
    minutes: { type: 'string', default: '60' },
  },
});
const kills = Number(values.kills ?? (values.browser ? 20 : 200));
const [seed, minutes] = [Number(values.seed), Number(values.minutes)];
const { database } = values;
const isKnown = database === 'sqlite' || database === 'postgres';
if (!isKnown || ![kills, seed, minutes].every((value) => Number.isInteger(value) && value >= 1)) {
  console.error(
    'Usage: npm run crash -- [--browser] [--database sqlite|postgres [--kill-database]] --kills N --seed S --minutes M (whole, above 0)',
  );
  process.exit(1);
}
const root = path.resolve(import.meta.dirname, '..', '..');
const limits = { kills, seed, maxSeconds: minutes * 60 };
const rows = await (values.browser ? crashBrowser() : crashServer());
console.log('');
for (const [label, value] of rows.figures) console.log(`${label.padEnd(30)}${value}`);
for (const problem of rows.problems) console.log(problem);
if (rows.kills < kills) console.log(`the time was up after ${rows.kills} of ${kills} kills`);
const ok = rows.kills === kills && rows.problems.length === 0;
const over = database === 'sqlite' ? '' : '--database postgres ';
const killsBoth = values['kill-database'] && over !== '';
const which = values.browser ? '--browser ' : `${over}${killsBoth ? '--kill-database ' : ''}`;
const again = `npm run crash -- ${which}--kills ${kills} --seed ${seed}`;
console.log(ok ? 'OK' : `NOT OK; again with: ${again}`);
process.exit(ok ? 0 : 1);

interface Rows {
  kills: number;
  problems: string[];
  figures: [label: string, value: number | string][];
}

async function crashServer(): Promise<Rows> {
  console.log(`seed ${seed}: the server is killed ${kills} times while four terminals push to it`);
  const overPostgres = values['kill-database'] ? 'postgres-itself' : 'postgres';
  const report = await runCrashes({
    root,
    ...limits,
    victim: database === 'sqlite' ? 'sqlite' : overPostgres,
    onKill: ({ kills: done, acknowledged, lost, half, seconds }) => {
      if (done % 10 !== 0) return;
      const figures = `${acknowledged} acknowledged, lost ${lost}, half ${half}`;
      console.log(`${done} kills, ${figures}, ${seconds.toFixed(0)} s`);
    },
  });
  return {
    ...report,
    figures: [
      ['seed', seed],
      ['kills', report.kills],
      ['acknowledged rows', report.acknowledged],
      ['lost', report.lost],
      ['half transactions', report.half],
      [
        'answers that never came',
        `${report.inDoubt} (${report.inDoubtStored} batches were stored)`,
      ],
      ['changed when sent once more', report.twice],
      ['refused, or answered wrongly', report.refused],
      ['seconds', report.seconds.toFixed(0)],
    ],
  };
}

async function crashBrowser(): Promise<Rows> {
  console.log(`seed ${seed}: a terminal is killed ${kills} times while it sells without a server`);
  const report = await runBrowserCrashes({
    clientDir: path.join(root, 'dist', 'client'),
    ...limits,
    onKill: ({ kills: done, confirmed, lost, seconds }) =>
      console.log(`${done} kills, ${confirmed} confirmed, lost ${lost}, ${seconds.toFixed(0)} s`),
  });
  return {
    ...report,
    figures: [
      ['seed', seed],
      ['kills', report.kills],
      ['sales confirmed on screen', report.confirmed],
      ['lost', report.lost],
      ['stored, but not yet on screen', report.unseen],
      ['seconds', report.seconds.toFixed(0)],
    ],
  };
}
