import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { RejectedRecord } from '../../../schemas/local';
import { isErrorCode } from '../../../shared/errors/registry';
import { useWords } from '../../i18n/use-words';
import { useDesk } from '../../services/use-desk';
import { ErrorNotice } from '../session/ErrorNotice';
import { Section } from './Section';

/** What the server refused, why, and how to send it again; the document is still here, pending. */
export function RejectedList({ rejected }: { rejected: readonly RejectedRecord[] | null }) {
  const { attention } = useDesk();
  const { t, errorWords, dateTime } = useWords();
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>(null);
  return (
    <Section title={t('syncPage.rejectedTitle')}>
      {rejected?.length === 0 && <Typography>{t('syncPage.noRejected')}</Typography>}
      <ErrorNotice error={error} />
      <Table size="small">
        <TableBody>
          {rejected?.map((record) => (
            <TableRow key={record.id}>
              <TableCell sx={{ fontWeight: 650 }}>{record.title}</TableCell>
              <TableCell>
                {isErrorCode(record.code)
                  ? `${errorWords(record.code).title}. ${errorWords(record.code).action}`
                  : record.code}
                <Typography color="text.secondary" sx={{ fontSize: 13 }}>
                  {record.message}
                </Typography>
              </TableCell>
              <TableCell>{dateTime(record.at)}</TableCell>
              <TableCell align="right">
                {marked.includes(record.id) ? (
                  t('syncPage.marked')
                ) : (
                  <Button
                    variant="outlined"
                    onClick={() =>
                      attention
                        .sendAgain(record.id)
                        .then(() => setMarked([...marked, record.id]))
                        .catch(setError)
                    }
                  >
                    {t('syncPage.sendAgain')}
                  </Button>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
