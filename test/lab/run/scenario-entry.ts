import type { Scenario } from '../../world/scenario/schema';

/** A scenario of test/scenarios, as the laboratory offers it. */
export interface ScenarioEntry {
  /** File name without its ending: `f29-same-field`. */
  id: string;
  /** Requirement that it is about (`F29`), or null for one that was found by chance. */
  requirement: string | null;
  scenario: Scenario;
}
