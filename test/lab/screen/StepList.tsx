import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { whoOfStep } from '../../world/report/words/step-words';
import type { Scenario } from '../../world/scenario/schema';
import type { Moment } from '../run/moment';
import { useLabWords } from '../words/use-lab-words';
import { Panel, PanelTitle } from './Panel';

/** The steps, how each ended, and which one is on stage. */
export function StepList(props: { scenario: Scenario; moment: Moment | null; isWorking: boolean }) {
  const words = useLabWords();
  const { scenario, moment, isWorking } = props;
  const current = moment?.step ?? -1;
  const hasSettleLast = current > scenario.steps.length;
  const name = (who: string): string => (who === 'server' ? words.server : who);
  return (
    <Panel>
      <PanelTitle>{words.stepList}</PanelTitle>
      <Box sx={{ height: 6, mb: 0.5 }}>
        {isWorking && <LinearProgress aria-label={words.working} sx={{ height: 4 }} />}
      </Box>
      {moment === null && <Typography color="textSecondary">{words.preparing}</Typography>}
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        <StepRow number={0} who="" text={words.beginning} outcome="" current={current} />
        {scenario.steps.map((step, index) => (
          <StepRow
            // biome-ignore lint/suspicious/noArrayIndexKey: steps of a scenario never move
            key={index}
            number={index + 1}
            who={name(whoOfStep(step))}
            text={words.stepWords(step)}
            outcome={moment?.outcomes[index] ?? ''}
            current={current}
          />
        ))}
        {hasSettleLast && (
          <StepRow
            number={scenario.steps.length + 1}
            who=""
            text={words.settleLast}
            outcome=""
            current={current}
          />
        )}
      </Box>
    </Panel>
  );
}

function StepRow(props: {
  number: number;
  who: string;
  text: string;
  outcome: string;
  current: number;
}) {
  const { number, who, text, outcome, current } = props;
  const row = useRef<HTMLLIElement>(null);
  const isCurrent = number === current;
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  const isBad = number <= current && outcome !== '' && outcome !== 'ok';
  return (
    <Box
      component="li"
      ref={row}
      aria-current={isCurrent ? 'step' : undefined}
      sx={{
        display: 'grid',
        gridTemplateColumns: '26px minmax(0, 1fr)',
        px: 0.75,
        py: 0.6,
        borderRadius: 1,
        fontSize: 14.5,
        lineHeight: 1.35,
        color: number > current ? 'text.secondary' : 'text.primary',
        ...(isCurrent && { bgcolor: 'primary.main', color: 'primary.contrastText' }),
      }}
    >
      <span>{number === 0 ? '' : number}</span>
      <span>
        {who !== '' && <strong>{who} </strong>}
        {text}
        {isBad && (
          <Box
            component="span"
            sx={{
              display: 'block',
              fontWeight: 600,
              overflowWrap: 'anywhere',
              color: isCurrent ? 'inherit' : 'warning.main',
            }}
          >
            {outcome}
          </Box>
        )}
      </span>
    </Box>
  );
}
