import ArrowBack from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type { ScenarioEntry } from '../run/scenario-entry';
import { useLabWords } from '../words/use-lab-words';
import { nameOf } from './ScenarioList';

/** Which scenario is on stage, and what drives it; the keys stand on the buttons. */
export function StageBar(props: {
  entry: ScenarioEntry;
  canGoOn: boolean;
  onBack: () => void;
  onStep: () => void;
  onEnd: () => void;
  onRestart: () => void;
}) {
  const words = useLabWords();
  const { entry, canGoOn } = props;
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 1.25,
        alignItems: 'center',
        '& kbd': { color: 'text.primary' },
      }}
    >
      <Button startIcon={<ArrowBack />} onClick={props.onBack} aria-keyshortcuts="Escape">
        {words.back}
      </Button>
      <Chip
        size="small"
        variant="outlined"
        color={entry.requirement === null ? 'default' : 'primary'}
        label={entry.requirement ?? words.found}
      />
      <Typography component="h1" noWrap sx={{ fontSize: 18, fontWeight: 650, flex: 1 }}>
        {nameOf(entry, words)}
      </Typography>
      <Button
        variant="contained"
        disabled={!canGoOn}
        onClick={props.onStep}
        aria-keyshortcuts="ArrowRight"
        sx={{ gap: 1 }}
      >
        {words.next} <kbd aria-hidden>→</kbd>
      </Button>
      <Button
        variant="outlined"
        disabled={!canGoOn}
        onClick={props.onEnd}
        aria-keyshortcuts="End"
        sx={{ gap: 1 }}
      >
        {words.toEnd} <kbd aria-hidden>{words.keyEnd}</kbd>
      </Button>
      <Button onClick={props.onRestart} aria-keyshortcuts="R" sx={{ gap: 1 }}>
        {words.restart} <kbd aria-hidden>R</kbd>
      </Button>
    </Box>
  );
}
