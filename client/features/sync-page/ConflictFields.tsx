import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ConflictRecord } from '../../../schemas/local';
import { useWords } from '../../i18n/use-words';
import { useFieldWords } from './use-field-words';

/** The fields that both sides changed: what stood before, mine, and what the server keeps. */
export function ConflictFields({ conflict }: { conflict: ConflictRecord }) {
  const { t } = useWords();
  const { name, value } = useFieldWords();
  const strong = { fontWeight: 650 } as const;
  return (
    <Table size="small" sx={{ tableLayout: 'fixed', maxWidth: 1000 }} aria-label={conflict.title}>
      <TableHead>
        <TableRow>
          <TableCell>{t('syncPage.field')}</TableCell>
          <TableCell>{t('syncPage.base')}</TableCell>
          <TableCell>{t('syncPage.mine')}</TableCell>
          <TableCell>{t('syncPage.theirs')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {conflict.fields.map(({ field, base, mine, theirs }) => (
          <TableRow key={field}>
            <TableCell>{name(field)}</TableCell>
            <TableCell sx={{ color: 'text.secondary' }}>{value(field, base)}</TableCell>
            <TableCell sx={strong}>{value(field, mine)}</TableCell>
            <TableCell sx={strong}>{value(field, theirs)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
