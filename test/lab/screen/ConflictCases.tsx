import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { type ConflictCase, ruleOf, standingOf } from '../run/conflict-cases';
import { valueText } from '../run/document-facts';
import type { Moment } from '../run/moment';
import { useLabWords } from '../words/use-lab-words';
import { nameFrom } from './MessageList';
import { PanelTitle } from './Panel';

const cell = { fontSize: 14, py: 0.4, px: 1 } as const;
const head = { ...cell, fontSize: 13 } as const;

const COLORS = { merged: 'default', open: 'error', applied: 'success', kept: 'success' } as const;

/** Each conflict of the run, the newest first: what stood before, both sides, and what stays by which rule. */
export function ConflictCases(props: { cases: readonly ConflictCase[]; moment: Moment }) {
  const words = useLabWords();
  return (
    <>
      <PanelTitle>{words.conflict.title}</PanelTitle>
      {props.cases.map((found) => (
        <Case key={found.key} found={found} moment={props.moment} />
      ))}
    </>
  );
}

function Case({ found, moment }: { found: ConflictCase; moment: Moment }) {
  const words = useLabWords();
  const { collection, id, terminal, fields, step } = found;
  const { state, document } = standingOf(found, moment);
  const name = nameFrom(moment, { collection, id, words });
  const text = (field: string, value: unknown): string => valueText(field, value, words);
  return (
    <Box sx={{ mb: 1.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography sx={{ fontSize: 15, fontWeight: 650 }}>
          {words.conflict.heading(name, terminal, step)}
        </Typography>
        <Chip
          size="small"
          color={COLORS[state]}
          label={words.conflict.states[state]}
          sx={{ fontSize: 13, height: 24 }}
        />
      </Box>
      <Table size="small" aria-label={words.conflict.heading(name, terminal, step)}>
        <TableHead>
          <TableRow>
            <TableCell sx={head}>{words.conflict.field}</TableCell>
            <TableCell sx={head}>{words.conflict.base}</TableCell>
            <TableCell sx={head}>{words.conflict.mine(terminal)}</TableCell>
            <TableCell sx={head}>{words.conflict.theirs}</TableCell>
            <TableCell sx={head}>{words.conflict.result}</TableCell>
            <TableCell sx={head}>{words.conflict.rule}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {fields.map((states) => {
            const { field, base, mine, theirs } = states;
            return (
              <TableRow key={field}>
                <TableCell sx={cell}>{words.fields[field] ?? field}</TableCell>
                <TableCell sx={{ ...cell, color: 'text.secondary' }}>{text(field, base)}</TableCell>
                <TableCell sx={cell}>{text(field, mine)}</TableCell>
                <TableCell sx={cell}>{text(field, theirs)}</TableCell>
                <TableCell sx={{ ...cell, fontWeight: 700 }}>
                  {text(field, document?.[field])}
                </TableCell>
                <TableCell sx={{ ...cell, color: 'text.secondary' }}>
                  {words.conflict.rules[ruleOf(collection, states)]}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Box>
  );
}
