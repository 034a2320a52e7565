import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import type { CodeReply, TerminalList } from '../../../shared/protocol/messages';
import { ConfirmDialog } from '../../dialogs/ConfirmDialog';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { Section } from '../sync-page/Section';

type Terminal = TerminalList['terminals'][number];

/** The owner's terminals: one-time codes for new ones, and which to revoke. Needs a connection. */
export default function TerminalsScreen() {
  const { terminals } = useDesk();
  const { t, dateTime } = useWords();
  const [list, setList] = useState<readonly Terminal[]>([]);
  const [code, setCode] = useState<CodeReply | null>(null);
  const [revoking, setRevoking] = useState<Terminal | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(() => {
    terminals.list().then(setList).catch(setError);
  }, [terminals]);
  useEffect(read, [read]);
  return (
    <Stack spacing={2} sx={{ maxWidth: 1000 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <Typography variant="h5" component="h1">
          {t('terminals.title')}
        </Typography>
        <Button
          variant="contained"
          onClick={() => terminals.newCode().then(setCode).catch(setError)}
        >
          {t('terminals.newCode')}
        </Button>
      </Stack>
      <ErrorNotice error={error} />
      {code !== null && (
        <Alert severity="success" onClose={() => setCode(null)}>
          <Typography sx={{ fontSize: 44, fontWeight: 800, letterSpacing: 4 }}>
            {code.code}
          </Typography>
          {t('terminals.codeHelp', { date: dateTime(code.expiresAt) })}
        </Alert>
      )}
      <Section title={t('terminals.title')}>
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>{t('terminals.number')}</TableCell>
              <TableCell>{t('terminals.name')}</TableCell>
              <TableCell>{t('terminals.enrolled')}</TableCell>
              <TableCell>{t('terminals.lastSeen')}</TableCell>
              <TableCell />
            </TableRow>
          </TableHead>
          <TableBody>
            {list.map((terminal) => (
              <TableRow key={terminal.id}>
                <TableCell>{terminal.number}</TableCell>
                <TableCell>{terminal.name}</TableCell>
                <TableCell>{dateTime(terminal.enrolledAt)}</TableCell>
                <TableCell>{dateTime(terminal.lastSeenAt)}</TableCell>
                <TableCell align="right">
                  {terminal.revoked ? (
                    t('terminals.revoked')
                  ) : (
                    <Button color="error" onClick={() => setRevoking(terminal)}>
                      {t('terminals.revoke')}
                    </Button>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
      {revoking !== null && (
        <ConfirmDialog
          question={t('terminals.confirmRevoke', { name: revoking.name })}
          onNo={() => setRevoking(null)}
          onYes={() => {
            terminals.revoke(revoking.id).then(read).catch(setError);
            setRevoking(null);
          }}
        />
      )}
    </Stack>
  );
}
