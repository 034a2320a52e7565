import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import type { ScenarioEntry } from '../run/scenario-entry';
import type { LabWords } from '../words/es';
import { useLabWords } from '../words/use-lab-words';

/** Name of a scenario in the language of the screen. */
export const nameOf = ({ id, scenario }: ScenarioEntry, { scenarioNames }: LabWords): string =>
  scenarioNames[id] ?? scenario.name;

const aboutOf = ({ id, scenario }: ScenarioEntry, { scenarioAbouts }: LabWords): string =>
  scenarioAbouts[id] ?? (scenario.about ?? '').replace(/^(F\d+[,.]\s*)+/, '');

const simple = (text: string): string =>
  text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');

/** All scenarios, to be searched by their words or by a requirement's number. */
export function ScenarioList(props: {
  scenarios: readonly ScenarioEntry[];
  search: string;
  onSearch: (text: string) => void;
  onChoose: (entry: ScenarioEntry) => void;
}) {
  const words = useLabWords();
  const sought = simple(props.search.trim()).split(/\s+/);
  const shown = props.scenarios.filter((entry) => {
    const { requirement, id, scenario } = entry;
    const number = simple(requirement ?? words.found);
    const text = simple(
      [nameOf(entry, words), aboutOf(entry, words), scenario.name, scenario.about, id].join(' '),
    );
    return sought.every((word) =>
      /^f\d+$/.test(word) ? number === `f${Number(word.slice(1))}` : text.includes(word),
    );
  });
  return (
    <Box sx={{ maxWidth: 1500, mx: 'auto' }}>
      <Box sx={{ display: 'flex', gap: 3, alignItems: 'flex-start', mb: 2 }}>
        <Box sx={{ flex: 1 }}>
          <Typography variant="h5">{words.title}</Typography>
          <Typography color="textSecondary" sx={{ maxWidth: 820 }}>
            {words.intro}
          </Typography>
        </Box>
        <TextField
          sx={{ width: 340 }}
          label={words.search}
          placeholder="F29"
          value={props.search}
          autoFocus
          onChange={({ target }) => props.onSearch(target.value)}
        />
      </Box>
      {shown.length === 0 && <Typography>{words.noMatch}</Typography>}
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: 'repeat(auto-fill, minmax(400px, 1fr))',
        }}
      >
        {shown.map((entry) => (
          <ScenarioCard key={entry.id} entry={entry} onChoose={() => props.onChoose(entry)} />
        ))}
      </Box>
    </Box>
  );
}

function ScenarioCard({ entry, onChoose }: { entry: ScenarioEntry; onChoose: () => void }) {
  const words = useLabWords();
  const { requirement, scenario } = entry;
  return (
    <Card variant="outlined">
      <CardActionArea
        onClick={onChoose}
        data-scenario={entry.id}
        sx={{ p: 1.75, height: '100%', alignItems: 'flex-start', display: 'flex', gap: 1.5 }}
      >
        <Chip
          size="small"
          color={requirement === null ? 'default' : 'primary'}
          variant="outlined"
          label={requirement ?? words.found}
          sx={{ minWidth: 52, flexShrink: 0 }}
        />
        <Box sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 650, lineHeight: 1.35 }}>{nameOf(entry, words)}</Typography>
          <Typography
            lang={words.scenarioAbouts[entry.id] === undefined ? 'en' : undefined}
            color="textSecondary"
            sx={{
              fontSize: 14,
              mt: 0.5,
              display: '-webkit-box',
              WebkitLineClamp: 2,
              WebkitBoxOrient: 'vertical',
              overflow: 'hidden',
            }}
          >
            {aboutOf(entry, words)}
          </Typography>
          <Typography color="textSecondary" sx={{ fontSize: 14, mt: 0.75 }}>
            {words.terminals(scenario.given.terminals.length)} ·{' '}
            {words.steps(scenario.steps.length)}
          </Typography>
        </Box>
      </CardActionArea>
    </Card>
  );
}
