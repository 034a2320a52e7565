import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import type { RunSummary } from '../../shared/sync/flow-machine';
import { RunProgress } from '../dialogs/RunProgress';
import { useWords } from '../i18n/use-words';
import { useDesk, useSubject } from '../services/use-desk';

/** The bar at the bottom of the window: empty before, filling while it runs, full when it is done. It never moves. */
export function StageBar(props: { isRunning: boolean; result: RunSummary | undefined }) {
  const run = useSubject(useDesk().sync.run$);
  const { t } = useWords();
  const done = props.result?.status === 'done' ? props.result : null;
  return (
    <Box sx={{ px: 3, minHeight: 60 }}>
      {props.isRunning ? (
        <RunProgress run={run} />
      ) : (
        <>
          <LinearProgress
            variant="determinate"
            color={done === null ? 'primary' : 'success'}
            value={done === null ? 0 : 100}
            aria-label={t('sync.progress')}
          />
          <Typography color="textSecondary" sx={{ mt: 1 }}>
            {done === null
              ? ' '
              : t('sync.handled', { count: done.counts.received + done.counts.sent })}
          </Typography>
        </>
      )}
    </Box>
  );
}
