import type { DeskDatabase } from '../db/database';
import { ALERT_RANGE, openAlert } from './alerts';

/** What waits for a person at this terminal. */
export interface AttentionCounts {
  openConflicts: number;
  rejected: number;
  alerts: number;
}

/** Few at most, and no index of their own: RxDB's count wants one. */
export const countAttention = async (db: DeskDatabase): Promise<AttentionCounts> => ({
  openConflicts: (await db.conflicts.find({ selector: { status: 'open' } }).exec()).length,
  rejected: (await db.rejected.find().exec()).length,
  alerts: (await db.settings.find({ selector: ALERT_RANGE }).exec()).filter(
    (setting) => openAlert(setting.toJSON()) !== null,
  ).length,
});
