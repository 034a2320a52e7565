import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import type { Moment } from '../run/moment';
import type { ScenarioEntry } from '../run/scenario-entry';
import { useRun } from '../run/use-run';
import { useLabWords } from '../words/use-lab-words';
import { ConflictCases } from './ConflictCases';
import { ServerLane, TerminalLane } from './Lanes';
import { MessageList } from './MessageList';
import { Panel } from './Panel';
import { StageBar } from './StageBar';
import { StepList } from './StepList';
import { Verdicts } from './Verdicts';

/** A scenario on stage: its steps, its terminals side by side, the server, and what went between them. */
export function Stage({ entry, onBack }: { entry: ScenarioEntry; onBack: () => void }) {
  const words = useLabWords();
  const { view, step, toEnd, restart } = useRun(entry.scenario);
  const { moment, before, cases, ending, failure, isWorking } = view;
  const first = useRef<Moment | null>(null);
  if (moment?.step === 0) first.current = moment;
  const canGoOn = moment !== null && !isWorking && ending === null && failure === null;

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof HTMLInputElement) return;
      const act = {
        ArrowRight: canGoOn && step,
        End: canGoOn && toEnd,
        r: restart,
        Escape: onBack,
      }[event.key];
      if (act === undefined) return;
      event.preventDefault();
      if (act !== false) act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [canGoOn, step, toEnd, restart, onBack]);

  const hasSide = ending !== null || cases.length > 0;
  return (
    <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <StageBar {...{ entry, canGoOn, onBack }} onStep={step} onEnd={toEnd} onRestart={restart} />
      {failure !== null && (
        <Alert severity="error">
          <strong>{words.failed}.</strong> {words.failedHelp} {failure.split('\n')[0]}
        </Alert>
      )}
      <Box
        sx={{
          flex: 1,
          minHeight: 0,
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: '248px minmax(0, 1fr)',
        }}
      >
        <StepList scenario={entry.scenario} moment={moment} isWorking={isWorking} />
        {moment !== null && (
          <Box
            sx={{
              minWidth: 0,
              minHeight: 0,
              display: 'grid',
              gap: 1.5,
              gridTemplateRows: `minmax(0, 1fr) minmax(0, ${ending !== null ? 50 : hasSide ? 42 : 32}%)`,
            }}
          >
            <Box sx={{ display: 'flex', gap: 1.5, minHeight: 0, overflowX: 'auto' }}>
              {moment.terminals.map((terminal) => (
                <TerminalLane
                  key={terminal.name}
                  now={terminal}
                  before={before?.terminals.find(({ name }) => name === terminal.name)}
                  first={first.current?.server.documents}
                  time={moment.now}
                />
              ))}
              <ServerLane
                now={moment.server}
                before={before?.server}
                first={first.current?.server.documents}
                time={moment.now}
              />
            </Box>
            <Box
              sx={{
                display: 'grid',
                gap: 1.5,
                minHeight: 0,
                gridTemplateColumns: hasSide ? 'minmax(0, 2fr) minmax(0, 3fr)' : 'minmax(0, 1fr)',
              }}
            >
              <MessageList moment={moment} />
              {hasSide && (
                <Panel>
                  {ending !== null && <Verdicts ending={ending} />}
                  {cases.length > 0 && <ConflictCases cases={cases} moment={moment} />}
                </Panel>
              )}
            </Box>
          </Box>
        )}
      </Box>
    </Box>
  );
}
