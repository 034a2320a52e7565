import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { AUDIT_ACTIONS } from '../../../shared/audit/audit-actions';
import type { AuditFilter, AuditPage } from '../../../shared/protocol/audit-messages';
import { useWords } from '../../i18n/use-words';
import { dayRange } from '../list/day-range';

/** What is typed; days are this machine's own. */
export interface Filters {
  actor: string;
  action: string;
  terminal: string;
  from: string;
  to: string;
}

export const NO_FILTERS: Filters = { actor: '', action: '', terminal: '', from: '', to: '' };

/** The question that the server is asked: the last day counts to its end. */
export function toFilter({ actor, action, terminal, from, to }: Filters): AuditFilter {
  return {
    ...(actor === '' ? {} : { actor }),
    ...(action === '' ? {} : { action }),
    ...(terminal === '' ? {} : { terminal }),
    ...dayRange({ from, to }),
  };
}

/** By person, action, terminal and day. */
export function AuditFilters(props: {
  filters: Filters;
  names: Pick<AuditPage, 'people' | 'terminals'>;
  onChange: (filters: Filters) => void;
}) {
  const { t } = useWords();
  const { filters, names } = props;
  const select = (
    field: 'actor' | 'action' | 'terminal',
    options: readonly (readonly [string, string])[],
  ) => (
    <TextField
      select
      label={t(`audit.${field}`)}
      value={filters[field]}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
      onChange={(event) => props.onChange({ ...filters, [field]: event.target.value })}
    >
      <MenuItem value="">{t(field === 'terminal' ? 'audit.allTerminals' : 'audit.all')}</MenuItem>
      {options.map(([value, label]) => (
        <MenuItem key={value} value={value}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
  const date = (field: 'from' | 'to') => (
    <TextField
      type="date"
      /* The browser draws the calendar's icon itself. */
      sx={(theme) => ({ '& input': { colorScheme: theme.palette.mode } })}
      label={t(`audit.${field}`)}
      value={filters[field]}
      slotProps={{ inputLabel: { shrink: true } }}
      onChange={(event) => props.onChange({ ...filters, [field]: event.target.value })}
    />
  );
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr) 170px 170px', gap: 1 }}>
      {select('actor', Object.entries(names.people))}
      {select(
        'action',
        AUDIT_ACTIONS.map((action) => [action, t(`audit.${action}`)]),
      )}
      {select('terminal', Object.entries(names.terminals))}
      {date('from')}
      {date('to')}
    </Box>
  );
}
