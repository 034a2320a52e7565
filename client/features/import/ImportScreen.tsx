import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useCallback, useState } from 'react';
import { may } from '../../../shared/roles';
import { PasswordDialog } from '../../dialogs/PasswordDialog';
import { useWords } from '../../i18n/use-words';
import { type ImportState, isToSend } from '../../services/import-service';
import { useDesk, useSelected, useSubject } from '../../services/use-desk';
import { ChooseFiles } from './ChooseFiles';
import { DropArea } from './DropArea';
import { EmptyImport } from './EmptyImport';
import { FileDetail } from './FileDetail';
import { FileList } from './FileList';
import { ImportOutcome } from './ImportOutcome';

/** Files into the store: chosen, looked at on this terminal, then sent. Whatever runs goes on when this is left. */
export default function ImportScreen() {
  const { imports, session, status } = useDesk();
  const { t } = useWords();
  const state = useSubject(imports.state$);
  const who = useSubject(session.state$);
  const isOffline = useSelected(status.status$, ({ connection }) => connection === 'offline');
  const [selected, setSelected] = useState('0');
  const onPrice = useCallback(
    (price: number | null) => void imports.setDefaultPrice(price),
    [imports],
  );
  if (who.kind !== 'signedIn') return null;
  if (!may(who.user.role, 'importData')) return <NotAllowed />;
  const isBusy = state.phase !== 'idle';
  const isEmpty = state.files.length === 0;
  const file = state.files.find(({ id }) => id === selected) ?? state.files[0];
  const choose = (files: readonly File[]): void => {
    setSelected('0');
    void imports.choose(files);
  };
  return (
    <DropArea disabled={isBusy} onFiles={choose}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <Typography variant="h5" component="h1" sx={{ flex: 1 }}>
          {t('imports.title')}
        </Typography>
        {!isEmpty && (
          <>
            <Button disabled={isBusy} onClick={() => imports.clear()}>
              {t('imports.clear')}
            </Button>
            <ChooseFiles variant="outlined" disabled={isBusy} onFiles={choose} />
            <SendButton state={state} disabled={isBusy || isOffline} />
          </>
        )}
      </Stack>
      {isOffline && <Alert severity="warning">{t('imports.offline')}</Alert>}
      <ImportOutcome state={state} />
      {file === undefined ? (
        <EmptyImport>
          <ChooseFiles variant="contained" disabled={isBusy} onFiles={choose} />
        </EmptyImport>
      ) : (
        <Stack direction="row" spacing={2} sx={{ flex: 1, minHeight: 320 }}>
          <FileList files={state.files} selected={file.id} onSelect={setSelected} />
          <FileDetail
            key={file.id}
            file={file}
            currency={who.store.currency}
            defaultPrice={state.defaultPrice}
            onPrice={state.phase === 'sending' ? null : onPrice}
          />
        </Stack>
      )}
      {state.phase === 'needs-password' && (
        <PasswordDialog
          help={t('imports.passwordHelp')}
          onPassword={(password) => imports.reauthenticate(password)}
          onCancel={() => imports.cancelPassword()}
        />
      )}
    </DropArea>
  );
}

function SendButton({ state, disabled }: { state: ImportState; disabled: boolean }) {
  const { imports } = useDesk();
  const { t } = useWords();
  const hasSome = state.files.some(isToSend);
  const isRetry = state.files.some(({ outcome }) => outcome.kind === 'failed');
  return (
    <Button
      variant="contained"
      disabled={disabled || !hasSome}
      onClick={() => void imports.send()}
      sx={{ whiteSpace: 'nowrap' }}
    >
      {t(isRetry ? 'app.retry' : 'imports.send')}
    </Button>
  );
}

function NotAllowed() {
  const { t } = useWords();
  return (
    <Alert severity="warning" role="alert">
      <strong>{t('imports.notAllowed')}.</strong> {t('imports.notAllowedHelp')}
    </Alert>
  );
}
