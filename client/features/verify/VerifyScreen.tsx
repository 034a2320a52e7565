import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Verification } from '../../../shared/protocol/audit-messages';
import { type Key, useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { OnlineOnly } from '../list/OnlineOnly';
import { SEAL_DIGITS } from '../receipt/seal-digits';
import { ErrorNotice } from '../session/ErrorNotice';

type Verdict = Verification['terminals'][number];

/** The owner has every terminal's chain walked; the first bad link of each is named. Needs a connection. */
export default function VerifyScreen() {
  const { audit } = useDesk();
  const { t, dateTime } = useWords();
  const [found, setFound] = useState<Verification | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = (): void => {
    setBusy(true);
    setError(null);
    audit
      .verify()
      .then(setFound)
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const bad = found?.terminals.filter((terminal) => terminal.bad !== null).length ?? 0;
  return (
    <Stack spacing={2} sx={{ maxWidth: 1400 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <Typography variant="h5" component="h1">
          {t('verify.title')}
        </Typography>
        <Typography color="textSecondary" sx={{ flex: 1 }}>
          {t('verify.help')}
        </Typography>
        <Button variant="contained" disabled={busy} onClick={run} sx={{ whiteSpace: 'nowrap' }}>
          {t(busy ? 'verify.running' : 'verify.run')}
        </Button>
      </Stack>
      <OnlineOnly words={t('verify.offline')} />
      <ErrorNotice error={error} />
      {busy && <LinearProgress aria-label={t('verify.running')} />}
      {found !== null && (
        <>
          <Alert severity={bad === 0 ? 'success' : 'error'}>
            {bad === 0 ? t('verify.allGood') : t('verify.someBad', { count: bad })}{' '}
            {dateTime(found.at)}
          </Alert>
          <Paper variant="outlined" sx={{ px: 1, py: 1, overflowX: 'auto' }}>
            <Table aria-label={t('verify.title')}>
              <TableHead>
                <TableRow>
                  <TableCell>{t('audit.terminal')}</TableCell>
                  <TableCell align="right">{t('verify.count')}</TableCell>
                  <TableCell align="right">{t('verify.signed')}</TableCell>
                  <TableCell>{t('verify.last')}</TableCell>
                  <TableCell>{t('verify.state')}</TableCell>
                  <TableCell>{t('verify.firstBad')}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {found.terminals.map((verdict) => (
                  <VerdictRow key={verdict.terminalId} verdict={verdict} />
                ))}
              </TableBody>
            </Table>
          </Paper>
        </>
      )}
    </Stack>
  );
}

function VerdictRow({ verdict }: { verdict: Verdict }) {
  const { t, exists } = useWords();
  const { number, name, terminalId, count, signed, lastHash, bad } = verdict;
  const fault = `verify.${bad?.fault}`;
  return (
    <TableRow>
      <TableCell>
        {number === 0 ? `${t('verify.unknown')} ${terminalId}` : `${number} · ${name}`}
      </TableCell>
      <TableCell align="right">{count}</TableCell>
      <TableCell align="right">{signed}</TableCell>
      <TableCell sx={{ fontFamily: 'monospace' }}>
        {lastHash === '' ? '—' : `…${lastHash.slice(-SEAL_DIGITS)}`}
      </TableCell>
      <TableCell>
        <Chip
          color={bad === null ? 'success' : 'error'}
          label={t(bad === null ? 'verify.good' : 'verify.bad')}
        />
      </TableCell>
      <TableCell>
        {bad !== null && (
          <>
            <strong>
              {bad.consecutive === '' ? bad.invoiceId : bad.consecutive}
              {bad.serial > 0 && ` (${t('verify.serial', { serial: bad.serial })})`}
            </strong>
            <div>{exists(fault) ? t(fault as Key) : bad.fault}.</div>
            {bad.expected !== '' && (
              <Typography color="textSecondary" sx={{ fontSize: 14 }}>
                {t('verify.expected', { expected: short(bad.expected), found: short(bad.found) })}
              </Typography>
            )}
          </>
        )}
      </TableCell>
    </TableRow>
  );
}

/** A hash by its end, as on a receipt; a number as it is. */
const short = (text: string): string =>
  text.length === 64 ? `…${text.slice(-SEAL_DIGITS)}` : text || '—';
