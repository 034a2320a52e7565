import Alert from '@mui/material/Alert';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { isErrorCode } from '../../../shared/errors/registry';
import { useWords } from '../../i18n/use-words';
import type { RescueOutcome, RescueResult, RescueRow } from '../../services/rescue-service';
import { COLLECTION_WORDS } from '../sync-page/collection-words';

const OUTCOMES = ['saved', 'known', 'conflict', 'rejected'] as const;
const WORDS = { saved: 'isSaved', known: 'isKnown', conflict: 'isConflict' } as const;
/** What a person must look at comes first. */
const ORDER: Readonly<Record<RescueOutcome, number>> = {
  rejected: 0,
  conflict: 1,
  known: 2,
  saved: 3,
};

/** What became of each document of an imported file. */
export function RescueRows({ result: { rows } }: { result: RescueResult }) {
  const { t, dateTime, errorWords } = useWords();
  const count = (outcome: RescueOutcome): number =>
    rows.filter((row) => row.outcome === outcome).length;
  const isClean = count('conflict') + count('rejected') === 0;
  const said = ({ outcome, code }: RescueRow): string => {
    if (outcome !== 'rejected') return t(`rescue.${WORDS[outcome]}`);
    const reason = isErrorCode(code) ? `${errorWords(code).title}.` : code;
    return t('rescue.isRejected', { reason });
  };
  const sorted = [...rows].sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome]);
  return (
    <>
      <Alert severity={isClean ? 'success' : 'warning'}>
        <strong>{t('rescue.done')}.</strong>{' '}
        {OUTCOMES.filter((outcome) => count(outcome) > 0)
          .map((outcome) => t(`rescue.${outcome}`, { count: count(outcome) }))
          .join(' ')}{' '}
        {t('rescue.syncToSee')}
      </Alert>
      <TableContainer sx={{ maxHeight: 320 }}>
        <Table size="small" stickyHeader>
          <TableHead>
            <TableRow>
              <TableCell />
              <TableCell>{t('rescue.document')}</TableCell>
              <TableCell>{t('rescue.result')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {sorted.map((row) => (
              <TableRow key={`${row.kind}:${row.id}`}>
                <TableCell>{t(COLLECTION_WORDS[row.kind])}</TableCell>
                <TableCell>
                  {/* A cash session is known by when it was opened. */}
                  {row.kind === 'shifts' && row.title !== row.id ? dateTime(row.title) : row.title}
                </TableCell>
                <TableCell>{said(row)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </>
  );
}
