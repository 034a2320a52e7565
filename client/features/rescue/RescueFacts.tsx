import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import type { RescueFacts as Facts } from '../../../shared/rescue/rescue-file';
import { useWords } from '../../i18n/use-words';
import { COLLECTION_WORDS } from '../sync-page/collection-words';

const KINDS = ['clients', 'products', 'invoices', 'movements', 'shifts'] as const;

/** What stands on the outside of a rescue file: whose it is, when it was made, how much is in it. */
export function RescueFacts({ facts }: { facts: Facts }) {
  const { t, dateTime, money } = useWords();
  const { terminal, madeAt, counts, invoicesTotal, currency } = facts;
  const rows: [label: string, value: string][] = [
    [
      t('rescue.terminal'),
      t('rescue.terminalName', { number: terminal.number, name: terminal.name }),
    ],
    [t('rescue.madeAt'), dateTime(madeAt)],
    [
      t('rescue.content'),
      KINDS.filter((kind) => counts[kind] > 0)
        .map((kind) => `${t(COLLECTION_WORDS[kind])}: ${counts[kind]}`)
        .join(', '),
    ],
    ...(counts.invoices > 0
      ? [[t('rescue.total'), money(invoicesTotal, currency)] as [string, string]]
      : []),
  ];
  return (
    <Table size="small">
      <TableBody>
        {rows.map(([label, value]) => (
          <TableRow key={label}>
            <TableCell component="th" scope="row" sx={{ fontWeight: 650, whiteSpace: 'nowrap' }}>
              {label}
            </TableCell>
            <TableCell>{value}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
