import TextField from '@mui/material/TextField';
import { isGoodPassword } from '../../../shared/access/password-rule';
import { useWords } from '../../i18n/use-words';

/** Empty: one is made. Else the rule of passwords holds. */
export const isPasswordOk = (typed: string): boolean => typed === '' || isGoodPassword(typed);

/** A new password, shown while it is typed: the owner reads it out to somebody, and it is not the owner's own. */
export function PasswordField(props: { value: string; onChange: (value: string) => void }) {
  const { t, errorWords } = useWords();
  const isOk = isPasswordOk(props.value);
  return (
    <TextField
      label={t('users.password')}
      value={props.value}
      error={!isOk}
      helperText={isOk ? t('users.passwordHelp') : errorWords('PASSWORD_TOO_SHORT').action}
      autoComplete="off"
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
