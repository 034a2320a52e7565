/* Runs in Node and in the page. */
import { type Html, html } from '../page/html';
import { spanText, ticksOf, timeText } from './axis';
import { bottomOf, FLAG, type Frame, fitting, LANE, LEFT, lineOf, TOP, widthOf } from './frame';
import type { StepMark, TimelineModel } from './model';

/** Steps, the time axis and the cuts in it: what everything else stands on. */
export function drawGround(
  model: TimelineModel,
  frame: Frame,
  { from, to, chosen }: { from: number; to: number; chosen: string | null },
): Html[] {
  return [
    ...drawSteps(model, frame, chosen),
    ...drawSetUp(model, frame),
    ...drawBreaks(model, frame),
    ...drawTicks(model, frame, { from, to }),
    ...model.lanes.map(
      (_, lane) => html`<path class="line" d="M${LEFT} ${lineOf(lane)}H${frame.width}"/>`,
    ),
  ];
}

/** All flags of one look are one path: there may be thousands. */
function drawSteps(model: TimelineModel, { xOf, isSeen }: Frame, chosen: string | null): Html[] {
  const bottom = bottomOf(model);
  const flags = new Map<string, string>();
  const words: Html[] = [];
  let shades = '';
  for (const [index, step] of model.steps.entries()) {
    if (!isSeen(step.from, step.to)) continue;
    const x = xOf(step.from);
    const width = Math.max(1, xOf(step.to) - x - 1);
    const isOdd = index % 2 === 1;
    if (isOdd)
      shades += `M${x} ${FLAG.top + FLAG.height + 2}h${width + 1}V${bottom}h${-width - 1}Z`;
    const look = `${step.tone}${isOdd ? ' odd' : ''}${chosen === `step:${index}` ? ' chosen' : ''}`;
    flags.set(look, `${flags.get(look) ?? ''}M${x} ${FLAG.top}h${width}v${FLAG.height}h${-width}Z`);
    words.push(wordsOfStep(step, x, width));
  }
  return [
    html`<path class="shade" d="${shades}"/>`,
    ...[...flags].map(([look, path]) => html`<path class="flag ${look}" d="${path}"/>`),
    ...words,
  ];
}

function wordsOfStep({ step, label }: StepMark, x: number, width: number): Html {
  const baseline = FLAG.top + 14;
  /* A step that began left of the edge keeps its words in sight. */
  const start = Math.max(x, LEFT);
  const words = fitting(`${step} ${label}`, x + width - start - 5);
  if (words !== '') return html`<text x="${start + 4}" y="${baseline}">${words}</text>`;
  if (width < String(step).length * 7 + 1 || x < LEFT) return html``;
  return html`<text x="${x + width / 2}" y="${baseline}" text-anchor="middle">${step}</text>`;
}

function drawSetUp({ setUpEnd }: TimelineModel, { xOf, isSeen }: Frame): Html[] {
  if (setUpEnd === 0 || !isSeen(0, setUpEnd)) return [];
  const x = Math.max(xOf(0), LEFT);
  const width = xOf(setUpEnd) - x;
  return [
    html`<rect class="setup" x="${x}" y="${FLAG.top}" width="${Math.max(0, width)}" height="${FLAG.height}"/>`,
    html`<text class="faint" x="${x + 6}" y="${FLAG.top + 14}">${fitting('set-up', width - 8)}</text>`,
  ];
}

function drawBreaks(model: TimelineModel, { xOf, isSeen }: Frame): Html[] {
  const bottom = bottomOf(model);
  const words: Html[] = [];
  let until = LEFT;
  let path = '';
  for (const { from, to, ms } of model.axis.breaks) {
    if (!isSeen(from, to)) continue;
    const middle = Math.round((xOf(from) + xOf(to)) / 2);
    path += `M${middle - 3} 24l6 8l-6 8l6 8V${bottom}`;
    if (middle < until) continue;
    const text = `${spanText(ms)} idle`;
    until = middle + widthOf(text) + 4;
    words.push(html`<text class="faint" x="${middle + 5}" y="52">${text}</text>`);
  }
  return [html`<path class="break" d="${path}"/>`, ...words];
}

/** Room for the words of a tick, px. */
const TICK = 84;

function drawTicks(
  model: TimelineModel,
  { xOf, scale }: Frame,
  { from, to }: { from: number; to: number },
): Html[] {
  const bottom = bottomOf(model);
  const apart = TICK / scale;
  const digits = apart < 100 ? 3 : apart < 1000 ? 2 : 1;
  const ticks = ticksOf(model.axis, { from, to, apart });
  return [
    html`<path class="tick" d="${ticks.map(({ unit }) => `M${xOf(unit)} 26V${bottom}`).join('')}"/>`,
    ...ticks.map(
      ({ unit, ms }) =>
        html`<text class="faint" x="${xOf(unit) + 3}" y="38">${timeText(ms, digits)}</text>`,
    ),
  ];
}

/** Names at the left, over whatever passes below them. */
export function drawLaneNames({ lanes }: TimelineModel, { width }: Frame): Html[] {
  const bottom = TOP + lanes.length * LANE.height;
  return [
    html`<rect class="names" x="0" y="0" width="${LEFT}" height="${bottom}"/>`,
    html`<text class="faint" x="10" y="16">Step</text><text class="faint" x="10" y="38">Virtual time</text>`,
    ...lanes.map(({ name, note }, lane) => {
      const y = TOP + lane * LANE.height;
      return html`<g class="lane" data-lane="${name}">
<path class="border" d="M0 ${y}H${width}"/>
<text class="name" x="10" y="${y + LANE.line + 4}">${fitting(name, LEFT - 20)}</text>
<text class="faint" x="10" y="${y + LANE.line + 20}">${fitting(note, LEFT - 12)}</text></g>`;
    }),
  ];
}
