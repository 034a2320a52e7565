import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import type { RunState } from '../../shared/sync/run-machine';
import { useWords } from '../i18n/use-words';

/** A running bar with counted documents; without a known amount it only says that it is running. */
export function RunProgress({ run }: { run: RunState }) {
  const { t } = useWords();
  const total = run.handled + (run.remaining ?? 0);
  const value = run.remaining === null || total === 0 ? null : (run.handled / total) * 100;
  return (
    <Box aria-live="polite">
      {run.phase === 'waiting' && run.waitMs !== null && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {t('sync.serverBusy', { count: Math.ceil(run.waitMs / 1000) })}
        </Alert>
      )}
      <LinearProgress
        aria-label={t('sync.running')}
        {...(value === null ? {} : { variant: 'determinate' as const, value })}
      />
      <Typography sx={{ mt: 1 }}>
        {run.remaining === null
          ? t('sync.running')
          : t('sync.runningCount', { handled: run.handled, count: total })}
      </Typography>
    </Box>
  );
}
