import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { type Role, userSchema } from '../../../schemas/users';
import { validate } from '../../../schemas/validate';
import type { TerminalList } from '../../../shared/protocol/messages';
import type { UserReply, UserRow } from '../../../shared/protocol/user-messages';
import { cutText } from '../../../shared/text/cut-text';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { FormDialog } from '../list/FormDialog';
import { isPasswordOk, PasswordField } from './PasswordField';

const ROLES: readonly Role[] = ['cashier', 'supervisor', 'owner', 'qa'];
const EMPTY = { userName: '', displayName: '', role: 'cashier' as Role, terminals: [] as string[] };

/** Makes or changes a user; the user name is the one thing that stays. */
export function UserDialog(props: {
  user: UserRow | null;
  terminals: TerminalList['terminals'];
  onClose: () => void;
  onSaved: (reply: UserReply) => void;
}) {
  const { users } = useDesk();
  const { t } = useWords();
  const { user } = props;
  const [input, setInput] = useState(user ?? EMPTY);
  const [password, setPassword] = useState('');
  const set = (change: Partial<typeof EMPTY>): void => setInput({ ...input, ...change });
  const nameOk = validate(userSchema.properties.userName, input.userName).ok;
  const save = async (): Promise<void> => {
    const { userName, displayName, role, terminals } = input;
    const change = { displayName: displayName.trim(), role, terminals };
    const typed = password === '' ? {} : { password };
    props.onSaved(
      user === null
        ? await users.create({ userName, ...change, ...typed })
        : await users.change(user.id, change),
    );
  };
  return (
    <FormDialog
      title={t(user === null ? 'users.new' : 'users.edit')}
      valid={nameOk && input.displayName.trim() !== '' && isPasswordOk(password)}
      onSave={save}
      onClose={props.onClose}
    >
      <TextField
        label={t('users.userName')}
        value={input.userName}
        required
        autoFocus={user === null}
        disabled={user !== null}
        error={input.userName !== '' && !nameOk}
        helperText={t('users.userNameHelp')}
        autoComplete="off"
        onChange={(event) => set({ userName: event.target.value.trim().toLowerCase() })}
      />
      <TextField
        label={t('users.displayName')}
        value={input.displayName}
        required
        onChange={(event) => set({ displayName: cutText(event.target.value, 120) })}
      />
      <TextField
        select
        label={t('users.role')}
        value={input.role}
        onChange={(event) => {
          const role = ROLES.find((entry) => entry === event.target.value);
          if (role !== undefined) set({ role });
        }}
      >
        {ROLES.map((role) => (
          <MenuItem key={role} value={role}>
            {t(`users.${role}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        label={t('users.terminals')}
        value={input.terminals}
        slotProps={{
          select: {
            multiple: true,
            displayEmpty: true,
            renderValue: (chosen) => nameOf(chosen as readonly string[]) || t('users.allTerminals'),
          },
          inputLabel: { shrink: true },
        }}
        onChange={(event) => set({ terminals: [event.target.value].flat() })}
      >
        {props.terminals
          .filter(({ id, revoked }) => !revoked || input.terminals.includes(id))
          .map(({ id, number, name }) => (
            <MenuItem key={id} value={id}>
              {number} · {name}
            </MenuItem>
          ))}
      </TextField>
      {user === null && <PasswordField value={password} onChange={setPassword} />}
    </FormDialog>
  );

  function nameOf(ids: readonly string[]): string {
    const chosen = props.terminals.filter(({ id }) => ids.includes(id));
    return chosen.map(({ number, name }) => `${number} · ${name}`).join(', ');
  }
}
