import CheckCircle from '@mui/icons-material/CheckCircle';
import ErrorIcon from '@mui/icons-material/Error';
import Alert from '@mui/material/Alert';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { valueText } from '../run/document-facts';
import type { Ending } from '../run/moment';
import type { LabWords } from '../words/es';
import { useLabWords } from '../words/use-lab-words';

const cell = { fontSize: 14, py: 0.4, px: 1, overflowWrap: 'anywhere' } as const;

/** What was expected, and what was found. */
export function Verdicts({ ending }: { ending: Ending }) {
  const words = useLabWords();
  const { verdict } = words;
  return (
    <>
      <Alert severity={ending.ok ? 'success' : 'error'} sx={{ py: 0, mb: 1 }} data-testid="verdict">
        <strong>{ending.ok ? verdict.good : verdict.bad}</strong>
      </Alert>
      {ending.unusedFaults.length > 0 && (
        <Typography sx={{ fontSize: 14 }}>
          {verdict.unused} {ending.unusedFaults.join(', ')}
        </Typography>
      )}
      <Table size="small" aria-label={verdict.title}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ ...cell, width: 32 }} />
            <TableCell sx={cell}>{verdict.expectation}</TableCell>
            <TableCell sx={cell}>{verdict.expected}</TableCell>
            <TableCell sx={cell}>{verdict.actual}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {ending.verdicts.map(({ expectation, ok, expected, actual }) => {
            const [kind = ''] = Object.keys(expectation);
            return (
              <TableRow key={JSON.stringify(expectation)}>
                <TableCell sx={{ ...cell, lineHeight: 0 }}>
                  {ok ? (
                    <CheckCircle fontSize="small" color="success" titleAccess={verdict.met} />
                  ) : (
                    <ErrorIcon fontSize="small" color="error" titleAccess={verdict.notMet} />
                  )}
                </TableCell>
                <TableCell sx={cell}>{verdict.names[kind] ?? kind}</TableCell>
                <TableCell sx={cell}>{text(kind, expected, words)}</TableCell>
                <TableCell sx={{ ...cell, fontWeight: ok ? 400 : 700 }}>
                  {text(kind, actual, words)}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      <Typography color="textSecondary" sx={{ fontSize: 13, mt: 0.5, mb: 1.5 }}>
        {verdict.digest}: <code data-testid="digest">{ending.digest}</code>
      </Typography>
    </>
  );
}

function text(kind: string, value: unknown, words: LabWords): string {
  if (kind !== 'invariants') return plain(value, '', words);
  const broken = value as readonly unknown[];
  const { hold, broken: count } = words.verdict;
  return broken.length === 0 ? hold : count(broken.length);
}

/** Names and values as people write them: `T1: 0, T2: 1`. */
function plain(value: unknown, field: string, words: LabWords): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return valueText(field, value, words);
  }
  return Object.entries(value)
    .map(([name, member]) => {
      const text = plain(member, name, words);
      const isNested = typeof member === 'object' && member !== null && !Array.isArray(member);
      return isNested
        ? `${name} (${text})`
        : `${words.fields[name]?.toLowerCase() ?? name}: ${text}`;
    })
    .join(', ');
}
