import Alert from '@mui/material/Alert';
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
import type { TerminalList } from '../../../shared/protocol/messages';
import type { UserReply, UserRow } from '../../../shared/protocol/user-messages';
import { ConfirmDialog } from '../../dialogs/ConfirmDialog';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { OnlineOnly } from '../list/OnlineOnly';
import { ErrorNotice } from '../session/ErrorNotice';
import { ResetDialog } from './ResetDialog';
import { UserDialog } from './UserDialog';

type Terminals = TerminalList['terminals'];
type Open = { kind: 'edit'; user: UserRow | null } | { kind: 'reset' | 'off'; user: UserRow };

/** The owner's users: make, change, deactivate, give a new password, say at which terminals. Needs a connection. */
export default function UsersScreen() {
  const { users, terminals } = useDesk();
  const { t } = useWords();
  const [list, setList] = useState<readonly UserRow[] | null>(null);
  const [known, setKnown] = useState<Terminals>([]);
  const [open, setOpen] = useState<Open | null>(null);
  const [told, setTold] = useState<UserReply | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(() => {
    setError(null);
    Promise.all([users.list(), terminals.list()])
      .then(([people, places]) => {
        setList(people);
        setKnown(places);
      })
      .catch(setError);
  }, [users, terminals]);
  useEffect(read, [read]);
  const close = (): void => setOpen(null);
  const saved = (reply: UserReply): void => {
    close();
    if (reply.password !== '') setTold(reply);
    read();
  };
  const activate = (user: UserRow, active: boolean): void => {
    close();
    setError(null);
    users.change(user.id, { active }).then(read).catch(setError);
  };
  return (
    <Stack spacing={2} sx={{ maxWidth: 1400 }}>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
        <Typography variant="h5" component="h1">
          {t('users.title')}
        </Typography>
        <Typography color="textSecondary" sx={{ flex: 1 }}>
          {t('users.help')}
        </Typography>
        <Button
          variant="contained"
          disabled={list === null}
          onClick={() => setOpen({ kind: 'edit', user: null })}
        >
          {t('users.new')}
        </Button>
      </Stack>
      <OnlineOnly words={t('users.offline')} />
      <ErrorNotice error={error} />
      {told !== null && (
        <Alert severity="success" onClose={() => setTold(null)}>
          <Typography>{t('users.told', { name: told.user.displayName })}</Typography>
          <Typography sx={{ fontSize: 32, fontWeight: 800, letterSpacing: 2, lineHeight: 1.3 }}>
            {told.password}
          </Typography>
          <Typography>{t('users.toldHelp')}</Typography>
        </Alert>
      )}
      {list !== null && (
        <Paper variant="outlined" sx={{ px: 1, py: 1, overflowX: 'auto' }}>
          <Table aria-label={t('users.title')}>
            <TableHead>
              <TableRow>
                <TableCell>{t('users.userName')}</TableCell>
                <TableCell>{t('users.displayName')}</TableCell>
                <TableCell>{t('users.role')}</TableCell>
                <TableCell>{t('users.terminals')}</TableCell>
                <TableCell>{t('users.lastLogin')}</TableCell>
                <TableCell />
              </TableRow>
            </TableHead>
            <TableBody>
              {list.map((user) => (
                <UserLine
                  key={user.id}
                  user={user}
                  terminals={known}
                  onOpen={(kind) => setOpen({ kind, user })}
                  onActivate={() => activate(user, true)}
                />
              ))}
            </TableBody>
          </Table>
        </Paper>
      )}
      {open?.kind === 'edit' && (
        <UserDialog user={open.user} terminals={known} onClose={close} onSaved={saved} />
      )}
      {open?.kind === 'reset' && <ResetDialog user={open.user} onClose={close} onSaved={saved} />}
      {open?.kind === 'off' && (
        <ConfirmDialog
          isFinal
          question={t('users.confirmDeactivate', { name: open.user.displayName })}
          onNo={close}
          onYes={() => activate(open.user, false)}
        />
      )}
    </Stack>
  );
}

function UserLine(props: {
  user: UserRow;
  terminals: Terminals;
  onOpen: (kind: 'edit' | 'reset' | 'off') => void;
  onActivate: () => void;
}) {
  const { t, dateTime } = useWords();
  const { user, onOpen } = props;
  const places = props.terminals.filter(({ id }) => user.terminals.includes(id));
  return (
    <TableRow>
      <TableCell>{user.userName}</TableCell>
      <TableCell>
        {user.displayName} {!user.active && <Chip size="small" label={t('app.inactive')} />}
      </TableCell>
      <TableCell>{t(`users.${user.role}`)}</TableCell>
      <TableCell>
        {user.terminals.length === 0
          ? t('users.allTerminals')
          : places.map(({ number, name }) => `${number} · ${name}`).join(', ')}
      </TableCell>
      <TableCell>{user.lastLoginAt === '' ? t('app.never') : dateTime(user.lastLoginAt)}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        <Button onClick={() => onOpen('edit')}>{t('users.change')}</Button>
        <Button onClick={() => onOpen('reset')}>{t('users.reset')}</Button>
        {user.active ? (
          <Button color="error" onClick={() => onOpen('off')}>
            {t('users.deactivate')}
          </Button>
        ) : (
          <Button onClick={props.onActivate}>{t('users.activate')}</Button>
        )}
      </TableCell>
    </TableRow>
  );
}
