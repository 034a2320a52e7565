import { parseArgs } from 'node:util';
import { makeCode } from '../auth/enrolment';
import { withStore } from './with-store';

/* npm run enrol -- [--store ID]: a one-time code for one more terminal. */
const { values } = parseArgs({ options: { store: { type: 'string' } } });

await withStore(values.store, async (context, { id, profile }) => {
  const { code, expiresAt } = await makeCode(context, { storeId: id, actor: 'cli' });
  console.log(`${code}  (${profile.name}; una sola vez, hasta ${expiresAt})`);
});
