import type { Role } from '../../../schemas/users';
import { may } from '../../../shared/roles';

/** yes: it can be corrected here; role: by somebody else at this terminal; never: it was issued, and stays as it is. */
export type Correctable = 'yes' | 'role' | 'never';

/** Whether a person of this role may correct a document of a collection. */
export function mayCorrect(collectionName: string, role: Role): Correctable {
  if (collectionName === 'clients') return may(role, 'editClients') ? 'yes' : 'role';
  if (collectionName === 'products') return may(role, 'editProducts') ? 'yes' : 'role';
  return 'never';
}
