import { map } from 'rxjs/operators';
import { type Clock, instant } from '../../shared/ports/clock';
import type { DeskDatabase } from '../db/database';
import type { DraftsService } from '../services/drafts-service';

export const createDraftsService = (db: DeskDatabase, clock: Clock): DraftsService => ({
  drafts$: () =>
    db.drafts.find().$.pipe(map((drafts) => drafts.map((draft) => draft.toMutableJSON()))),
  async save({ id, title, cart }) {
    await db.drafts.incrementalUpsert({ id, title, cart, updatedAt: instant(clock.now()) });
  },
  find: async (id) => (await db.drafts.findOne(id).exec())?.toMutableJSON() ?? null,
  async remove(id) {
    await (await db.drafts.findOne(id).exec())?.incrementalRemove();
  },
});
