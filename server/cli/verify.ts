import { parseArgs } from 'node:util';
import { faultWordsEs } from '../../shared/chain/fault-words';
import { verifyStore } from '../verify/verify-store';
import { withStore } from './with-store';

/*
 * npm run verify -- [--store ID] [--json]: walks the chain of every terminal over what lies in the database, and names
 * the first bad link of each. Ends with 0 where all hold, with 1 where one does not (or the store is not clear).
 */
const { values } = parseArgs({
  options: { store: { type: 'string' }, json: { type: 'boolean', default: false } },
});

await withStore(values.store, async ({ store }, { id, profile }) => {
  const verdicts = await verifyStore(store.scope(id), async () => {});
  if (verdicts.some(({ bad }) => bad !== null)) process.exitCode = 1;
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ store: id, terminals: verdicts })}\n`);
    return;
  }
  console.log(profile.name);
  for (const { number, name, terminalId, count, signed, lastHash, bad } of verdicts) {
    const who = number === 0 ? terminalId : `${number} · ${name}`;
    const end = lastHash === '' ? '' : `, última …${lastHash.slice(-12)}`;
    const counts = `${count} facturas, ${signed} firmadas${end}`;
    console.log(`  ${bad === null ? 'bien' : 'MAL '}  ${who}: ${counts}`);
    if (bad === null) continue;
    const which = bad.consecutive === '' ? bad.invoiceId : `${bad.consecutive} (${bad.invoiceId})`;
    console.log(`        ${faultWordsEs[bad.fault]}: ${which}`);
    if (bad.expected !== '') console.log(`        se esperaba ${bad.expected}, hay ${bad.found}`);
  }
});
