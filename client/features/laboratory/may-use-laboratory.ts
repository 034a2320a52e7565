import { may } from '../../../shared/roles';
import type { SessionState } from '../../services/session-service';

/** The laboratory is for those who look after the product, and only where all data are made up. */
export const mayUseLaboratory = ({
  user,
  store,
}: Extract<SessionState, { kind: 'signedIn' }>): boolean =>
  store.demo === true && may(user.role, 'useLaboratory');
