import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
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
import { useDesk, useSubject } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { NewCode } from './NewCode';
import { RenameDialog } from './RenameDialog';
import { TerminalMarks } from './TerminalMarks';

type Terminal = TerminalList['terminals'][number];

/** The owner's terminals: one-time codes for new ones, and which to revoke. Needs a connection. */
export default function TerminalsScreen() {
  const { terminals, session } = useDesk();
  const { t, dateTime } = useWords();
  const [list, setList] = useState<readonly Terminal[] | null>(null);
  const [code, setCode] = useState<CodeReply | null>(null);
  const [revoking, setRevoking] = useState<Terminal | null>(null);
  const [renaming, setRenaming] = useState<Terminal | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(() => {
    terminals.list().then(setList).catch(setError);
  }, [terminals]);
  useEffect(read, [read]);
  const state = useSubject(session.state$);
  const own = 'terminal' in state ? state.terminal.id : '';
  return (
    <Stack spacing={2} sx={{ maxWidth: 1200 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <Typography variant="h5" component="h1">
          {t('terminals.title')}
        </Typography>
        <Typography color="textSecondary" sx={{ flex: 1 }}>
          {t('terminals.help')}
        </Typography>
        <Button
          variant="contained"
          onClick={() => {
            setError(null);
            terminals.newCode().then(setCode).catch(setError);
          }}
        >
          {t('terminals.newCode')}
        </Button>
      </Stack>
      <ErrorNotice error={error} />
      {code !== null && <NewCode code={code} onClose={() => setCode(null)} />}
      <Paper variant="outlined" sx={{ px: 1, py: 1 }}>
        <Table aria-label={t('terminals.title')}>
          <TableHead>
            <TableRow>
              <TableCell align="right" sx={{ width: 70 }}>
                {t('terminals.number')}
              </TableCell>
              <TableCell>{t('terminals.name')}</TableCell>
              <TableCell>{t('terminals.enrolled')}</TableCell>
              <TableCell>{t('terminals.lastSeen')}</TableCell>
              <TableCell />
            </TableRow>
          </TableHead>
          <TableBody>
            {list?.map((terminal) => (
              <TableRow key={terminal.id}>
                <TableCell align="right">{terminal.number}</TableCell>
                <TableCell>
                  {terminal.name}
                  {terminal.id === own && (
                    <Typography component="span" color="textSecondary">
                      {' '}
                      ({t('terminals.mine')})
                    </Typography>
                  )}
                  <TerminalMarks terminal={terminal} />
                </TableCell>
                <TableCell>{dateTime(terminal.enrolledAt)}</TableCell>
                <TableCell>{dateTime(terminal.lastSeenAt)}</TableCell>
                <TableCell align="right">
                  {terminal.revoked ? (
                    <Chip label={t('terminals.revoked')} />
                  ) : (
                    <Stack direction="row" spacing={1} sx={{ justifyContent: 'flex-end' }}>
                      <Button onClick={() => setRenaming(terminal)}>{t('identity.rename')}</Button>
                      <Button
                        color="error"
                        variant="outlined"
                        onClick={() => setRevoking(terminal)}
                      >
                        {t('terminals.revoke')}
                      </Button>
                    </Stack>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        {list?.length === 0 && (
          <Typography color="textSecondary" sx={{ p: 2 }}>
            {t('terminals.none')}
          </Typography>
        )}
      </Paper>
      {renaming !== null && (
        <RenameDialog
          name={renaming.name}
          onClose={() => setRenaming(null)}
          onSave={async (name) => {
            await terminals.rename(renaming.id, name);
            setRenaming(null);
            read();
          }}
        />
      )}
      {revoking !== null && (
        <ConfirmDialog
          isFinal
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
