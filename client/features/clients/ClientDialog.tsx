import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { Client } from '../../../schemas/clients';
import { mayChange } from '../../../shared/access/denied-field';
import { cutText } from '../../../shared/text/cut-text';
import { useWords } from '../../i18n/use-words';
import type { ClientInput } from '../../services/clients-service';
import { useDesk, useSubject } from '../../services/use-desk';
import { FormDialog } from '../list/FormDialog';
import { RefusedFor } from '../list/RefusedFor';

const EMPTY: ClientInput = {
  name: '',
  identificationType: '',
  identification: '',
  email: '',
  phone: '',
  address: '',
  notes: '',
  active: true,
};

const TYPES = ['', '01', '02', '03', '04', '05'] as const;

/** Lengths that the tax authority's identifications have; '' needs none, a foreigner's is free. */
const PATTERNS: Record<Client['identificationType'], RegExp> = {
  '': /^[0-9A-Za-z-]{0,20}$/,
  '01': /^\d{9}$/,
  '02': /^\d{10}$/,
  '03': /^\d{11,12}$/,
  '04': /^\d{10}$/,
  '05': /^[0-9A-Za-z-]{1,20}$/,
};

/** Creates or edits a client; it is pending until the next sync. */
export function ClientDialog(props: {
  client: Client | null;
  /** Why the server refused it, where it is opened to be corrected. */
  refusedFor?: string;
  onClose: () => void;
  onSaved: (client: Client) => void;
}) {
  const { clients, session } = useDesk();
  const { t } = useWords();
  const [input, setInput] = useState<ClientInput>(() =>
    props.client === null ? EMPTY : pick(props.client),
  );
  const state = useSubject(session.state$);
  const mayTakeOff =
    props.client === null ||
    (state.kind === 'signedIn' && mayChange(state.user.role, 'clients', 'active'));
  const set = (change: Partial<ClientInput>): void => setInput({ ...input, ...change });
  const nameOk = input.name.trim() !== '';
  const idOk = PATTERNS[input.identificationType].test(input.identification);
  const save = async (): Promise<void> => {
    const saved =
      props.client === null
        ? await clients.create(input)
        : await clients.edit(props.client.id, input);
    props.onSaved(saved);
  };
  const text = (field: 'email' | 'phone' | 'address' | 'notes', max: number) => (
    <TextField
      label={t(`lists.${field}`)}
      value={input[field]}
      onChange={(event) => set({ [field]: cutText(event.target.value, max) })}
    />
  );
  return (
    <FormDialog
      title={
        props.refusedFor !== undefined
          ? t('attention.correct')
          : t(props.client === null ? 'lists.newClient' : 'lists.editClient')
      }
      {...(props.refusedFor === undefined ? {} : { saveLabel: t('attention.correct') })}
      valid={nameOk && idOk}
      onSave={save}
      onClose={props.onClose}
    >
      {props.refusedFor !== undefined && <RefusedFor reason={props.refusedFor} />}
      <TextField
        label={t('lists.name')}
        value={input.name}
        autoFocus
        required
        onChange={(event) => set({ name: cutText(event.target.value, 160) })}
      />
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 2, rowGap: 0.5 }}>
        <TextField
          select
          label={t('lists.identificationType')}
          value={input.identificationType}
          onChange={(event) => {
            const type = TYPES.find((entry) => entry === event.target.value) ?? '';
            set({ identificationType: type });
          }}
        >
          {TYPES.map((type) => (
            <MenuItem key={type} value={type}>
              {type === '' ? t('lists.idNone') : t(`lists.id${type}`)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          label={t('lists.identification')}
          value={input.identification}
          error={!idOk}
          helperText={idOk ? ' ' : t('lists.badIdentification')}
          onChange={(event) => set({ identification: event.target.value.trim() })}
        />
        {text('email', 160)}
        {text('phone', 30)}
      </Box>
      {text('address', 250)}
      {text('notes', 500)}
      <FormControlLabel
        control={
          <Switch
            checked={input.active}
            disabled={!mayTakeOff}
            onChange={(event) => set({ active: event.target.checked })}
          />
        }
        label={t('app.active')}
      />
      {!mayTakeOff && <Typography color="textSecondary">{t('lists.takeOffNeedsRole')}</Typography>}
    </FormDialog>
  );
}

const pick = (client: Client): ClientInput => ({
  name: client.name,
  identificationType: client.identificationType,
  identification: client.identification,
  email: client.email,
  phone: client.phone,
  address: client.address,
  notes: client.notes,
  active: client.active,
});
