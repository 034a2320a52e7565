/* Runs in Node and in the page. */
import { html } from '../page/html';
import { drawArrows } from './draw-arrows';
import { drawGround, drawLaneNames } from './draw-ground';
import { drawMarks } from './draw-marks';
import { drawOperations, drawStates } from './draw-spans';
import { bottomOf, DENSE, frameOf, type TimelineView } from './frame';
import type { TimelineModel } from './model';

/** Of the whole picture, px. */
export const heightOf = (model: TimelineModel): number => bottomOf(model) + 4;

/** Everything inside the picture, as markup. */
export function drawTimeline(model: TimelineModel, view: TimelineView): string {
  const frame = frameOf(view);
  const { chosen } = view;
  const { spans, arrows, marks, lanes } = model;
  return html`<g clip-path="url(#stage)"${frame.scale < DENSE && html` class="dense"`}>${[
    drawGround(model, frame, view),
    drawStates(spans, frame, chosen),
    drawArrows(arrows, frame, view),
    drawOperations(spans, frame, chosen),
    drawMarks(marks, frame, { lanes: lanes.length, chosen }),
  ]}</g>${drawLaneNames(model, frame)}`.markup;
}
