import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { RunSummary } from '../../shared/sync/flow-machine';
import { useWords } from '../i18n/use-words';

/** The figures of a run, to be checked: received, sent, conflicts, rejected. */
export function RunFigures({ summary }: { summary: RunSummary }) {
  const { t } = useWords();
  const { received, sent, conflicts, rejected } = summary.counts;
  const figures = [
    { label: t('sync.received'), value: received, alert: false },
    { label: t('sync.sent'), value: sent, alert: false },
    { label: t('sync.conflicts'), value: conflicts, alert: conflicts > 0 },
    { label: t('sync.rejected'), value: rejected, alert: rejected > 0 },
  ];
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)', gap: 1, m: 0 }}
    >
      {figures.map(({ label, value, alert }) => (
        <Box
          key={label}
          sx={{ p: 1.5, borderRadius: 2, bgcolor: 'action.hover', textAlign: 'center' }}
        >
          <Typography component="dt" color="textSecondary" sx={{ fontSize: 14 }}>
            {label}
          </Typography>
          <Typography
            component="dd"
            sx={{
              m: 0,
              fontSize: 28,
              fontWeight: 700,
              color: alert ? 'error.main' : 'text.primary',
            }}
          >
            {value}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
