import { scenarios } from 'virtual:scenarios';
import { useState } from 'react';
import type { ScenarioEntry } from '../run/scenario-entry';
import { ScenarioList } from './ScenarioList';
import { Stage } from './Stage';

/** The laboratory: its scenarios, or one of them on stage. */
export function Laboratory() {
  const [chosen, setChosen] = useState<ScenarioEntry | null>(null);
  const [search, setSearch] = useState('');
  if (chosen !== null) return <Stage entry={chosen} onBack={() => setChosen(null)} />;
  return (
    <ScenarioList scenarios={scenarios} search={search} onSearch={setSearch} onChoose={setChosen} />
  );
}
