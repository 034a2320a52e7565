import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { columnNames, IMPORT_KINDS } from '../../../shared/import/import-kind';
import { useWords } from '../../i18n/use-words';
import { Section } from '../sync-page/Section';

const USES = {
  products: 'imports.useProducts',
  clients: 'imports.useClients',
  sales: 'imports.useSales',
  catalogue: 'imports.useCatalogue',
  cabys: 'imports.useCabys',
} as const;

/** Which files can be imported, and how their columns are called. */
export function KnownFiles() {
  const { t } = useWords();
  return (
    <Section title={t('imports.known')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{t('imports.knownKind')}</TableCell>
            <TableCell>{t('imports.knownColumns')}</TableCell>
            <TableCell>{t('imports.knownUse')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {IMPORT_KINDS.map((kind) => (
            <TableRow key={kind}>
              <TableCell sx={{ fontWeight: 650 }}>{t(`importKinds.${kind}`)}</TableCell>
              <TableCell>{columnNames(kind).join(', ')}</TableCell>
              <TableCell>{t(USES[kind])}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
