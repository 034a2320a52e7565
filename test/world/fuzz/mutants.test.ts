import path from 'node:path';
import { huntMutant } from '../../mutants/hunt-mutant';
import { MUTANTS } from '../../mutants/mutants';

/*
 * That histories find defects, shown with three that stand for many: of reading, of writing, and of the
 * rules that both sides share. `npm run mutants` hunts all of them.
 */
const STAND_INS = ['page-boundary-skipped', 'push-not-idempotent', 'merge-drops-a-field'];
const HISTORIES = 20;

test.each(STAND_INS)(
  `a defect put back is caught within ${HISTORIES} histories: %s`,
  async (name) => {
    const mutant = MUTANTS.find((candidate) => candidate.name === name);
    if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
    const root = path.join(__dirname, '..', '..', '..');
    const hunted = await huntMutant(mutant, { root, histories: HISTORIES, seed: 1 });
    expect(hunted).toMatchObject({ first: expect.anything(), withoutDefect: null });
  },
  600_000,
);
