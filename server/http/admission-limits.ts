import { AppError } from '../../shared/errors/app-error';
import { ADMISSION_LIMITS, type AdmissionLimits } from './admission';

const NAMES: Readonly<Record<keyof AdmissionLimits, string>> = {
  atWork: 'SYNC_AT_WORK',
  waitingOfStore: 'SYNC_WAITING_OF_STORE',
  waiting: 'SYNC_WAITING',
  ofTerminal: 'SYNC_OF_TERMINAL',
};

/** The limits as the environment sets them, whole numbers from 1; BAD_REQUEST names the variable that is none. */
export function admissionLimits(
  env: Readonly<Record<string, string | undefined>>,
): AdmissionLimits {
  const read = (key: keyof AdmissionLimits): number => {
    const text = env[NAMES[key]] ?? '';
    if (text === '') return ADMISSION_LIMITS[key];
    if (!/^[1-9]\d{0,5}$/.test(text)) {
      throw new AppError('BAD_REQUEST', {
        variable: NAMES[key],
        value: text,
        is: 'a whole number from 1',
      });
    }
    return Number(text);
  };
  return {
    atWork: read('atWork'),
    waitingOfStore: read('waitingOfStore'),
    waiting: read('waiting'),
    ofTerminal: read('ofTerminal'),
  };
}
