import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';
import { useWords } from '../../i18n/use-words';
import type { InvoiceAlert } from '../../services/attention-service';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { Section } from './Section';

/** What the server noticed of the store's invoices, until somebody says that it was attended to. */
export function AlertList({ alerts }: { alerts: readonly InvoiceAlert[] | null }) {
  const { attention } = useDesk();
  const { t, dateTime } = useWords();
  const [error, setError] = useState<unknown>(null);
  return (
    <Section title={t('attention.alerts')}>
      {alerts === null && <Typography>{t('app.unknown')}</Typography>}
      {alerts?.length === 0 && (
        <Typography color="textSecondary">{t('attention.noAlerts')}</Typography>
      )}
      <ErrorNotice error={error} />
      <Box sx={{ display: 'grid', gap: 2 }}>
        {alerts?.map(({ invoiceId, consecutive, flags, at }) => (
          <Box key={invoiceId} component="article" aria-label={consecutive}>
            <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 2 }}>
              <Typography sx={{ fontSize: 18, fontWeight: 650 }}>{consecutive}</Typography>
              <Typography color="textSecondary">{dateTime(at)}</Typography>
            </Box>
            {flags.map((flag) => (
              <Typography key={flag}>
                <strong>{t(`alerts.${flag}`)}.</strong> {t(`alerts.${flag}_what`)}{' '}
                {t(`alerts.${flag}_todo`)}
              </Typography>
            ))}
            <Stack direction="row" spacing={1} sx={{ mt: 1 }}>
              <Button variant="outlined" component={Link} to={`/facturas/${invoiceId}`}>
                {t('attention.show')}
              </Button>
              <Button
                variant="outlined"
                onClick={() => attention.attend(invoiceId).catch(setError)}
              >
                {t('attention.attended')}
              </Button>
            </Stack>
          </Box>
        ))}
      </Box>
    </Section>
  );
}
