import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { may } from '../../../shared/roles';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { useList } from '../../services/use-list';
import { RescueSection } from '../rescue/RescueSection';
import { AlertList } from './AlertList';
import { ConflictList } from './ConflictList';
import { ExportCase } from './ExportCase';
import { ProofList } from './ProofList';
import { RejectedList } from './RejectedList';
import { RunList } from './RunList';

/** Everything about syncing that a person may want to see, or must decide. */
export default function SyncPage() {
  const { attention, proof, session } = useDesk();
  const { t } = useWords();
  const state = useSubject(session.state$);
  const runs = useList(() => attention.runs$(100));
  const conflicts = useList(() => attention.conflicts$());
  const rejected = useList(() => attention.rejected$());
  const alerts = useList(() => attention.alerts$());
  const proofs = useList(() => proof.proofs$);
  return (
    <Stack spacing={2} sx={{ maxWidth: 1400 }}>
      <Typography variant="h5" component="h1">
        {t('syncPage.title')}
      </Typography>
      <ConflictList conflicts={conflicts} />
      <RejectedList rejected={rejected} />
      {state.kind === 'signedIn' && may(state.user.role, 'attendAlerts') && (
        <AlertList alerts={alerts} />
      )}
      <ProofList proofs={proofs} />
      {state.kind === 'signedIn' && <RescueSection role={state.user.role} />}
      <RunList runs={runs} />
      <ExportCase />
    </Stack>
  );
}
