import type { OpenDesk } from '../../../client/desk/create-desk';
import type { Operation, RunReport } from './operations';

/** Clicks through the menu as an operator does, dialog by dialog. */
export async function syncByMenu(
  desk: OpenDesk,
  unit: Extract<Operation, { op: 'sync' }>['unit'],
  runs: RunReport[],
): Promise<void> {
  /* A dialog that a reload left open is closed first, as a person would; those of a login have to be gone through. */
  await throughLogin(desk, []);
  desk.sync.send({ type: 'dismiss' });
  if (unit !== 'all') {
    desk.sync.send({ type: 'askSingle', unit });
    desk.sync.send({ type: 'accept' });
    runs.push(await nextReport(desk));
    desk.sync.send({ type: 'accept' });
    return;
  }
  desk.sync.send({ type: 'askAll' });
  desk.sync.send({ type: 'accept' });
  for (let stage = 0; stage < 3; stage++) {
    desk.sync.send({ type: 'run' });
    const report = await nextReport(desk);
    runs.push(report);
    /* "Continuar" is not enabled after a stage that failed: the person closes the window. */
    if (report.status !== 'done') break;
    desk.sync.send({ type: 'accept' });
  }
  desk.sync.send({ type: 'dismiss' });
}

/** "Aceptar" in each dialog of the login that is open. Without a connection they only say which data are used. */
export async function throughLogin(desk: OpenDesk, runs: RunReport[]): Promise<void> {
  for (;;) {
    await desk.sync.idle();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await desk.sync.idle();
    const flow = desk.sync.flow$.getValue();
    if (flow.kind !== 'login' || flow.result === null) return;
    const { unit, status, counts, pending, errorCode } = flow.result;
    const state = desk.session.state$.getValue();
    if (state.kind === 'signedIn' && state.mode === 'online') {
      runs.push({ unit, status, ...counts, pending, errorCode });
    }
    desk.sync.send({ type: 'accept' });
  }
}

/** The run that is on, or that a flow has just started, to its end. */
async function nextReport(desk: OpenDesk): Promise<RunReport> {
  await desk.sync.idle();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await desk.sync.idle();
  const { unit, phase, counts, pending, errorCode } = desk.sync.run$.getValue();
  return { unit, status: phase, ...counts, pending, errorCode };
}
