import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { alertText } from '../../../shared/fleet/alert-text';
import { alertWordsEn, alertWordsEs } from '../../../shared/fleet/alert-words';
import type { FleetReply } from '../../../shared/protocol/fleet-messages';
import { useWords } from '../../i18n/use-words';

/** What needs a person, the most pressing first: what happened, what is safe, what to do. */
export function FleetAlerts({ board }: { board: FleetReply }) {
  const { t, language, dateTime } = useWords();
  const words = language === 'en' ? alertWordsEn : alertWordsEs;
  const { timeZone } = board.store;
  if (board.alerts.length === 0) {
    return (
      <Alert severity="success" role="status" sx={{ fontSize: 18 }}>
        <strong>{t('fleet.nothing')}</strong> {t('fleet.nothingReported')}
      </Alert>
    );
  }
  return (
    <Stack component="section" spacing={1} aria-labelledby="fleet-alerts">
      <Typography variant="h6" component="h2" id="fleet-alerts">
        {t('fleet.attention')} ({board.alerts.length})
      </Typography>
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'grid',
          gap: 1,
          gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' },
        }}
      >
        {board.alerts.map((alert) => {
          const text = alertText(words, alert, (instant) => dateTime(instant, timeZone));
          return (
            <li key={`${alert.kind}:${alert.terminalId}`}>
              <Alert
                severity={alert.severity}
                role="none"
                sx={{ height: '100%', borderLeft: 6, borderLeftColor: `${alert.severity}.main` }}
              >
                <Typography component="strong" sx={{ fontSize: 18, fontWeight: 700 }}>
                  {text.what}.
                </Typography>
                <br />
                {text.safe} {text.action}
              </Alert>
            </li>
          );
        })}
      </Box>
    </Stack>
  );
}
