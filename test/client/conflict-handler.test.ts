import { createConflictHandler } from '../../client/sync/conflict-handler';
import { SentStates } from '../../client/sync/sent-states';
import { SupersededEdits } from '../../client/sync/superseded-edits';
import type { Invoice } from '../../schemas/invoices';

const handler = createConflictHandler('invoices', {
  ids: { newId: () => 'new' },
  superseded: new SupersededEdits(),
  sent: new SentStates(() => {
    throw new Error('nothing is sent here');
  }),
});
const state = (edit: string, pending: number) =>
  ({ edit, pending }) as Invoice & { _deleted: false };
const BEFORE_STORING = 'downstream-check-if-equal-0';

test('two states are the same when the same write made them and they stand alike', () => {
  for (const context of [
    BEFORE_STORING,
    'downstream-check-if-equal-1',
    'upstream-check-if-equal',
  ]) {
    expect(handler.isEqual(state('a', 0), state('a', 0), context)).toBe(true);
    /* What is pending here is never replaced by what was received. */
    expect(handler.isEqual(state('a', 1), state('a', 1), context)).toBe(context !== BEFORE_STORING);
    expect(handler.isEqual(state('a', 0), state('b', 0), context)).toBe(false);
    /* Pending here, acknowledged there: what was pulled has to be stored, to take the mark off. */
    expect(handler.isEqual(state('a', 0), state('a', 1), context)).toBe(false);
  }
});

test('an acknowledgement whose echo RxDB has not seen does not keep the server’s next state out', () => {
  expect(handler.isEqual(state('a', 1), state('a', 0), BEFORE_STORING)).toBe(true);
  /* Everywhere else the difference counts: the echo must reach RxDB's notes, and a pulled state the database. */
  expect(handler.isEqual(state('a', 1), state('a', 0), 'upstream-check-if-equal')).toBe(false);
  expect(handler.isEqual(state('a', 1), state('a', 0), 'downstream-check-if-equal-1')).toBe(false);
  /* An edit that was made since the push is this terminal's, and goes out first. */
  expect(handler.isEqual(state('a', 1), state('b', 1), BEFORE_STORING)).toBe(false);
});

test('T81 what a cut dropped here holds nothing that is received up, and is no write to be sent', () => {
  const gone = (edit: string, ver = 1) =>
    ({ edit, ver, pending: 0, _deleted: true }) as unknown as Invoice & { _deleted: false };
  const there = (edit: string, ver = 1) =>
    ({ edit, ver, pending: 0, _deleted: false }) as Invoice & { _deleted: false };
  expect(handler.isEqual(there('a'), gone('a'), BEFORE_STORING)).toBe(true);
  expect(handler.isEqual(there('b'), gone('a'), BEFORE_STORING)).toBe(true);
  for (const ver of [1, 2, 3]) {
    expect(handler.isEqual(there('a', 2), gone('a', ver), 'downstream-check-if-equal-1')).toBe(
      false,
    );
  }
  expect(handler.isEqual(there('a'), gone('a'), 'upstream-check-if-equal')).toBe(true);
});
