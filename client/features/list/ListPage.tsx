import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useWords } from '../../i18n/use-words';

/** Frame of a list: title, count, search, what can be done, and the list. */
export function ListPage(props: {
  title: string;
  /** null: not known yet. */
  count: number | null;
  search: string;
  onSearch: (text: string) => void;
  actions: ReactNode;
  children: ReactNode;
}) {
  const { t } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const toList = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    frame.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  return (
    <Stack ref={frame} spacing={1.5} sx={{ height: '100%' }}>
      <Stack
        direction="row"
        spacing={2}
        sx={{ alignItems: 'center', '& > button': { whiteSpace: 'nowrap', flexShrink: 0 } }}
      >
        <Typography variant="h5" component="h1">
          {props.title}
        </Typography>
        <Typography color="textSecondary" sx={{ whiteSpace: 'nowrap' }}>
          {props.count === null ? '…' : t('lists.count', { count: props.count })}
        </Typography>
        <TextField
          label={t('app.search')}
          value={props.search}
          autoFocus
          placeholder={t('lists.keys')}
          onKeyDown={toList}
          onChange={(event) => props.onSearch(event.target.value)}
        />
        {props.actions}
      </Stack>
      {props.children}
    </Stack>
  );
}
