import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words';

/** Frame of a list: title, count, search, what can be done, and the list. */
export function ListPage(props: {
  title: string;
  count: number;
  search: string;
  onSearch: (text: string) => void;
  actions: ReactNode;
  children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <Stack spacing={1.5} sx={{ height: '100%' }}>
      <Stack
        direction="row"
        spacing={2}
        sx={{ alignItems: 'center', '& > button': { whiteSpace: 'nowrap', flexShrink: 0 } }}
      >
        <Typography variant="h5" component="h1">
          {props.title}
        </Typography>
        <Typography color="text.secondary" sx={{ whiteSpace: 'nowrap' }}>
          {t('lists.count', { count: props.count })}
        </Typography>
        <TextField
          label={t('app.search')}
          value={props.search}
          autoFocus
          onChange={(event) => props.onSearch(event.target.value)}
        />
        {props.actions}
      </Stack>
      {props.children}
    </Stack>
  );
}
