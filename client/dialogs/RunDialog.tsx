import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import type { RunSummary } from '../../shared/sync/flow-machine';
import { useWords } from '../i18n/use-words';
import { useDesk, useSubject } from '../services/use-desk';
import { RunOutcome } from './RunOutcome';
import { RunProgress } from './RunProgress';

/** One sync with its own dialog: running, then its result, then "Aceptar". */
export function RunDialog(props: {
  title: string;
  result: RunSummary | null;
  /** Whether the window may be closed while it runs; the run goes on then. */
  closable: boolean;
}) {
  const { sync } = useDesk();
  const run = useSubject(sync.run$);
  const { t } = useWords();
  const { result } = props;
  const close = (): void => {
    if (result !== null) sync.send({ type: 'accept' });
    else if (props.closable) sync.send({ type: 'dismiss' });
  };
  return (
    <Dialog open onClose={close} aria-labelledby="run-title">
      <DialogTitle id="run-title">{props.title}</DialogTitle>
      <DialogContent sx={{ minHeight: 200 }}>
        {result === null ? (
          <>
            <RunProgress run={run} />
            {props.closable && (
              <Typography color="textSecondary" sx={{ mt: 2 }}>
                {t('sync.backgroundHint')}
              </Typography>
            )}
          </>
        ) : (
          <RunOutcome summary={result} />
        )}
      </DialogContent>
      <DialogActions sx={{ p: 2 }}>
        {result === null && <Button onClick={() => sync.cancel()}>{t('app.cancel')}</Button>}
        {result !== null && result.status !== 'done' && (
          <Button onClick={() => sync.send({ type: 'run' })}>{t('app.retry')}</Button>
        )}
        <Button
          variant="contained"
          autoFocus
          key={result === null ? 'running' : 'result'}
          disabled={result === null}
          onClick={() => sync.send({ type: 'accept' })}
        >
          {t('app.accept')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
