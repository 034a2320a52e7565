import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { may } from '../../shared/roles';
import { useWords } from '../i18n/use-words';
import { type PendingKind, totalPending } from '../services/status-service';
import { useDesk, useSelected, useSubject } from '../services/use-desk';
import { ApprovalDialog } from './ApprovalDialog';

/** Logging out with pending documents: says how many of each kind, offers to sync first, and allows it all the same. */
export function LogoutGuard() {
  const { sync, status, session, approvals } = useDesk();
  const { t } = useWords();
  const pending = useSelected(status.status$, (value) => value.pending);
  const state = useSubject(session.state$);
  const [isAsking, setIsAsking] = useState(false);
  const mayLeave = state.kind === 'signedIn' && may(state.user.role, 'logoutPending');
  const leave = (): void => sync.send({ type: 'logoutAnyway' });
  if (isAsking) {
    return (
      <ApprovalDialog
        what={[t('approval.logoutPending')]}
        onClose={() => setIsAsking(false)}
        onApprove={async (approver, signal) => {
          await approvals.approveLogout(approver, signal);
          if (!signal.aborted) leave();
        }}
      />
    );
  }
  return (
    <Dialog
      open
      onClose={() => sync.send({ type: 'dismiss' })}
      aria-labelledby="guard-title"
      slotProps={{ paper: { sx: { maxWidth: 720 } } }}
    >
      <DialogTitle id="guard-title">{t('sync.guardTitle')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          {totalPending(pending) === null && (
            <Alert severity="warning">{t('sync.guardUnknown')}</Alert>
          )}
          <Stack component="ul" spacing={0.5} sx={{ pl: 3, m: 0, fontSize: 18 }}>
            {(Object.keys(pending) as PendingKind[])
              .filter((kind) => pending[kind] !== 0)
              .map((kind) => (
                <li key={kind}>
                  {t(`status.${kind}`)}: <strong>{pending[kind] ?? t('app.unknown')}</strong>
                </li>
              ))}
          </Stack>
          <Typography>{t('sync.guardHelp')}</Typography>
        </Stack>
      </DialogContent>
      <DialogActions sx={{ p: 2, flexWrap: 'wrap', gap: 1 }}>
        <Button onClick={() => sync.send({ type: 'dismiss' })}>{t('app.cancel')}</Button>
        <Button color="error" onClick={mayLeave ? leave : () => setIsAsking(true)}>
          {t('sync.logoutAnyway')}
        </Button>
        <Button variant="contained" autoFocus onClick={() => sync.send({ type: 'accept' })}>
          {t('menu.syncAll')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
