import Autocomplete from '@mui/material/Autocomplete';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type RefObject, useState } from 'react';
import type { Client } from '../../../schemas/clients';
import { useWords } from '../../i18n/use-words';
import { useDesk, useSubject } from '../../services/use-desk';
import { ClientDialog } from '../clients/ClientDialog';

/** Walk-in unless a client is chosen; a new client is made in place. */
export function ClientPicker(props: {
  clientId: string;
  inputRef: RefObject<HTMLInputElement | null>;
  onClient: (clientId: string) => void;
}) {
  const { catalog } = useDesk();
  useSubject(catalog.revision$);
  const { t } = useWords();
  const [text, setText] = useState('');
  const [creating, setCreating] = useState(false);
  return (
    <Stack direction="row" spacing={1}>
      <Autocomplete<Client>
        sx={{ flex: 1 }}
        options={[...catalog.searchClients(text, { limit: 20 })]}
        filterOptions={(options) => options}
        getOptionLabel={(client) => client.name}
        getOptionKey={(client) => client.id}
        isOptionEqualToValue={(a, b) => a.id === b.id}
        value={props.clientId === '' ? null : catalog.client(props.clientId)}
        onChange={(_event, client) => props.onClient(client?.id ?? '')}
        onInputChange={(_event, value) => setText(value)}
        renderOption={({ key, ...rest }, client) => (
          <li key={key} {...rest}>
            {client.name}
            <Typography component="span" color="textSecondary" sx={{ ml: 'auto', pl: 2 }}>
              {client.identification}
            </Typography>
          </li>
        )}
        renderInput={(params) => (
          <TextField
            {...params}
            inputRef={props.inputRef}
            label={`${t('sale.client')} (F3)`}
            placeholder={t('sale.walkIn')}
            slotProps={{
              ...params.slotProps,
              inputLabel: { ...params.slotProps?.inputLabel, shrink: true },
            }}
          />
        )}
      />
      <Button variant="outlined" onClick={() => setCreating(true)}>
        {t('sale.newClient')}
      </Button>
      {creating && (
        <ClientDialog
          client={null}
          onClose={() => setCreating(false)}
          onSaved={(client) => {
            props.onClient(client.id);
            setCreating(false);
          }}
        />
      )}
    </Stack>
  );
}
