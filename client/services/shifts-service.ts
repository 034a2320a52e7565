import type { BehaviorSubject } from 'rxjs';
import type { Shift } from '../../schemas/shifts';

/** Cash session of this terminal. */
export interface ShiftsService {
  /** The open one; null: none is open; undefined: not read yet. */
  readonly open$: BehaviorSubject<Shift | null | undefined>;
  open(request: { openingCash: number; notes: string }): Promise<Shift>;
  /** Expected cash so far, in minor units: opening + cash sales - cash returned. */
  expectedCash(): Promise<number>;
  close(request: { countedCash: number; notes: string }): Promise<Shift>;
}
