import type { Scenario } from '../../world/scenario/schema';
import type { Ending, Moment } from './moment';

/** From the screen to the world. `step` and `end` are answers to the last moment. */
export type ToWorld =
  | { readonly type: 'open'; readonly scenario: Scenario }
  | { readonly type: 'step' }
  | { readonly type: 'end' };

export type FromWorld =
  /** `isPassing`: the run goes on by itself. */
  | { readonly type: 'moment'; readonly moment: Moment; readonly isPassing: boolean }
  | { readonly type: 'ended'; readonly ending: Ending }
  | { readonly type: 'failed'; readonly message: string };
