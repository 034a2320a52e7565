import type { Observable } from 'rxjs';
import type { Draft } from '../../schemas/local';

/** Parked sales, and the one that is being typed: a reload brings them back. They never leave this terminal. */
export interface DraftsService {
  drafts$(): Observable<readonly Draft[]>;
  save(draft: { id: string; title: string; cart: Record<string, unknown> }): Promise<void>;
  find(id: string): Promise<Draft | null>;
  remove(id: string): Promise<void>;
}
