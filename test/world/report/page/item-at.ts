/* Runs in Node and in the page. */
import { CUT, frameOf, LEFT, lineOf, type TimelineView } from '../timeline/frame';
import type { TimelineModel } from '../timeline/model';

/** Nobody can point at a line that is one pixel thin: nearer than this is near enough, px. */
const NEAR = 7;

/** The message that is nearest to a point of the picture, else the step that is under it; null where neither is. */
export function itemAt(
  { arrows, steps }: TimelineModel,
  view: Pick<TimelineView, 'from' | 'to' | 'width' | 'hidden'>,
  { x, y }: { x: number; y: number },
): string | null {
  if (x < LEFT) return null;
  const { xOf, isSeen } = frameOf(view);
  let best = NEAR;
  let found: string | null = null;
  for (const [index, arrow] of arrows.entries()) {
    if (view.hidden.has(arrow.kind) || !isSeen(arrow.from, arrow.to)) continue;
    const x1 = xOf(arrow.from);
    const y1 = lineOf(arrow.fromLane);
    const dx = xOf(arrow.to) - x1;
    const dy = lineOf(arrow.toLane) - y1;
    const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy);
    const part = Math.min(Math.max(along, 0), arrow.isCut ? CUT : 1);
    const distance = Math.hypot(x - x1 - part * dx, y - y1 - part * dy);
    if (distance >= best) continue;
    best = distance;
    found = `arrow:${index}`;
  }
  if (found !== null) return found;
  const step = steps.findIndex(({ from, to }) => xOf(from) <= x && x < xOf(to));
  return step < 0 ? null : `step:${step}`;
}
