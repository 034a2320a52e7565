import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import type { Refusal } from '../../../shared/import/refusal';
import { useWords } from '../../i18n/use-words';
import { type Column, VirtualTable } from '../list/VirtualTable';
import { useRefusalWords } from './use-refusal-words';

type Row = Refusal & { id: string };

/** What is not taken, line by line, with its reason in words. */
export function RefusedTable({ refused }: { refused: readonly Refusal[] }) {
  const { t } = useWords();
  const words = useRefusalWords();
  const rows = useMemo(
    () => refused.map((refusal, index): Row => ({ ...refusal, id: String(index) })),
    [refused],
  );
  if (rows.length === 0) return <Typography sx={{ p: 2 }}>{t('imports.noRefused')}</Typography>;
  const columns: Column<Row>[] = [
    { key: 'line', label: t('imports.line'), width: '4.5em', align: 'right', render: lineOf },
    { key: 'field', label: t('imports.field'), width: '9em', render: words.field },
    {
      key: 'value',
      label: t('imports.value'),
      width: '10em',
      render: ({ value }) => <span title={value}>{value}</span>,
    },
    {
      key: 'reason',
      label: t('imports.reason'),
      width: 'minmax(16em, 1fr)',
      render: (row) => (
        <Box title={words.reason(row)} sx={{ whiteSpace: 'normal', fontSize: 15, lineHeight: 1.3 }}>
          {words.reason(row)}
        </Box>
      ),
    },
  ];
  return (
    <VirtualTable
      label={t('imports.refused')}
      rows={rows}
      columns={columns}
      empty={t('imports.noRefused')}
    />
  );
}

const lineOf = ({ line }: Row): number => line;
