import type { RunResult } from '../../scenario/run-scenario';
import { type Html, html } from '../page/html';
import { lead, section } from '../page/parts';
import { type Range, within } from '../page/timeline-view';
import type { Names } from '../words/names';
import { timelineModel } from './build-model';
import { SHAPES } from './draw-marks';
import { drawTimeline, heightOf } from './draw-timeline';
import { LEFT } from './frame';
import type { TimelineModel } from './model';

/** Width of the picture until the page knows its own, px. */
const WIDTH = 1280;

const HELP =
  'Timeline of the run. Left and right: previous and next event. Up and down: lane. Plus and minus: zoom. ' +
  'Shift with left and right: move. 0: everything.';

/** Timeline with its controls. The picture is complete without the script, which adds zoom and details. */
export function timelineSection(result: RunResult, names: Names): Html {
  const model = timelineModel(result, names);
  const { end } = model.axis;
  const range = within({ from: model.setUpEnd, to: end }, end);
  const drawn = drawTimeline(model, { ...range, width: WIDTH, hidden: new Set(), chosen: null });
  const height = heightOf(model);
  /* In a script element only the end of the element is markup: with no "<" there is none. */
  const data = JSON.stringify(model).replaceAll('<', '\\u003c');
  return section(
    'timeline',
    'Timeline',
    lead(
      'A lane for the server and one for each terminal along virtual time; idle times are cut short.',
    ),
    controls(model),
    html`<div class="card timeline">
<div><svg id="timeline-picture" class="picture" viewBox="0 0 ${WIDTH} ${height}" tabindex="0"
 role="application" aria-label="${HELP}" aria-describedby="timeline-details">
<defs><clipPath id="stage"><rect x="${LEFT}" y="0" width="${WIDTH - LEFT}" height="${height}"/></clipPath></defs>
<g id="timeline-stage">${{ markup: drawn }}</g></svg></div>
${overview(model, range)}
<p id="timeline-details" class="details empty" role="status">Point at anything, or click the picture and use the arrow keys.</p>
</div>
${legend()}
<script type="application/json" id="timeline-data">${{ markup: data }}</script>`,
  );
}

function controls({ steps }: TimelineModel): Html {
  const button = (action: string, label: string, title: string): Html =>
    html`<button type="button" data-timeline="${action}" title="${title}" aria-label="${title}">${label}</button>`;
  const kind = (name: string, label: string): Html =>
    html`<label><input type="checkbox" data-kind="${name}" checked> ${label}</label>`;
  const options = steps.map(
    ({ step, label }) => html`<option value="${step}">${step} ${label}</option>`,
  );
  return html`<div class="controls">
<span class="group">${button('out', '−', 'Zoom out')}${button('in', '+', 'Zoom in')}</span>
<span class="group">${button('left', '←', 'Earlier')}${button('right', '→', 'Later')}</span>
<span class="group">
${button('steps', 'Steps', 'From the first step to the end')}${button('all', 'Everything', 'Set-up and all')}
</span>
<label>Go to <select id="timeline-step"><option value="">step …</option>${options}</select></label>
<span class="kinds">${kind('push', 'pushes')}${kind('pull', 'pulls')}${kind('other', 'sessions')}</span>
<span class="hint">Drag to move. The wheel zooms once the picture is clicked, or with Ctrl.</span>
</div>`;
}

/** How many strokes the overview has, and how wide each is in its own units. */
const STROKES = 250;
const STROKE = 4;

/** How much goes on where, with what is wrong in red: the whole run in one strip. */
function overview({ axis, arrows, marks }: TimelineModel, range: Range): Html {
  const strokeOf = (unit: number): number =>
    Math.min(STROKES - 1, Math.max(0, Math.floor((unit / axis.end) * STROKES)));
  const counts = new Array<number>(STROKES).fill(0);
  for (const { from } of arrows) counts[strokeOf(from)] = (counts[strokeOf(from)] ?? 0) + 1;
  const most = Math.max(1, ...counts);
  const bars = counts.flatMap((count, index) => {
    const height = Math.round((count / most) * 220) / 10;
    return count === 0 ? [] : [`M${index * STROKE} 30v${-height}h3v${height}Z`];
  });
  const bad = new Set(marks.filter(({ tone }) => tone === 'bad').map(({ at }) => strokeOf(at)));
  const whole = STROKES * STROKE;
  const x = (range.from / axis.end) * whole;
  const width = ((range.to - range.from) / axis.end) * whole;
  return html`<svg id="timeline-overview" class="overview" viewBox="0 0 ${whole} 30"
 preserveAspectRatio="none" aria-hidden="true">
<path class="bars" d="${bars.join('')}"/>
<path class="bad" d="${[...bad].map((index) => `M${index * STROKE} 0h3v6h-3Z`).join('')}"/>
<rect id="overview-lens" class="lens" x="${x}" y="0" width="${width}" height="30"/></svg>`;
}

function legend(): Html {
  const line = (tone: string, words: string): Html =>
    html`<li><svg viewBox="0 0 26 10" class="key" aria-hidden="true">
<path class="arrow ${tone}" d="M1 5H24"/></svg>${words}</li>`;
  const sign = (shape: 'fault' | 'crash'): Html =>
    html`<li><svg viewBox="-9 -9 18 18" class="key sign" aria-hidden="true">
<path class="mark ${shape} bad" d="${SHAPES[shape]}"/></svg>${shape}</li>`;
  const shade = (tone: string, words: string): Html =>
    html`<li><span class="swatch ${tone}"></span>${words}</li>`;
  return html`<ul class="legend">
${line('push', 'push')}${line('plain', 'pull')}${line('quiet', 'session')}
${line('warn', 'conflict, or a second arrival')}${line('bad', 'lost, refused or in error')}
${sign('fault')}${sign('crash')}${shade('bad', 'down')}${shade('warn', 'no connection')}</ul>`;
}
