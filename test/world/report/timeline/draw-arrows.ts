/* Runs in Node and in the page. */
import { type Html, html } from '../page/html';
import { CUT, DENSE, type Frame, LANE, LEFT, lineOf, TOP, widthOf } from './frame';
import type { Arrow, Kind, Tone } from './model';

/** Words of messages are written from this many px a unit on; below, they would only cover each other. */
const WORDS_FROM = 0.35;

/** Messages. All of one look are one path: there may be thousands, and a pointer finds them by where they are. */
export function drawArrows(
  arrows: readonly Arrow[],
  frame: Frame,
  { hidden, chosen }: { hidden: ReadonlySet<Kind>; chosen: string | null },
): Html[] {
  const drawn = new Set<string>();
  const looks = new Map<string, Drawing>();
  const words: Word[] = [];
  let last: Html = html``;
  for (const [index, arrow] of arrows.entries()) {
    if (hidden.has(arrow.kind) || !frame.isSeen(arrow.from, arrow.to)) continue;
    const look = `${arrow.fromLane === 0 ? 'reply' : 'request'} ${arrow.tone}`;
    const drawing = drawingOf(arrow, frame);
    if (chosen === `arrow:${index}`) last = markup(`${look} chosen`, drawing);
    /* Of those that would cover each other one is drawn. */
    const key = `${look}${arrow.fromLane}>${arrow.toLane}${arrow.isCut}${drawing.place}`;
    if (drawn.has(key)) continue;
    drawn.add(key);
    const known = looks.get(look);
    looks.set(look, known === undefined ? drawing : together(known, drawing));
    if (frame.scale >= WORDS_FROM && arrow.label !== '') words.push(wordOf(arrow, frame));
  }
  return [...[...looks].map(([look, drawing]) => markup(look, drawing)), last, ...drawWords(words)];
}

interface Drawing {
  place: string;
  lines: string;
  heads: string;
  crosses: string;
}

const together = (a: Drawing, b: Drawing): Drawing => ({
  place: '',
  lines: a.lines + b.lines,
  heads: a.heads + b.heads,
  crosses: a.crosses + b.crosses,
});

const markup = (look: string, { lines, heads, crosses }: Drawing): Html =>
  html`<g class="arrow ${look}"><path d="${lines}${crosses}"/><path class="head" d="${heads}"/></g>`;

const px = (value: number): number => Math.round(value * 10) / 10;

/** A line with a head; one that does not get there ends in a cross on its way. */
function drawingOf({ from, to, fromLane, toLane, isCut }: Arrow, { xOf, scale }: Frame): Drawing {
  const x1 = xOf(from);
  const y1 = lineOf(fromLane);
  const dx = xOf(to) - x1;
  const dy = lineOf(toLane) - y1;
  const part = isCut ? CUT : 1;
  const x = px(x1 + dx * part);
  const y = px(y1 + dy * part);
  const place = `${Math.round(x1)}_${Math.round(x1 + dx)}`;
  const lines = `M${x1} ${y1}L${x} ${y}`;
  if (isCut)
    return { place, lines, heads: '', crosses: `M${px(x - 4)} ${px(y - 4)}l8 8m0 -8l-8 8` };
  if (scale < DENSE) return { place, lines, heads: '', crosses: '' };
  const length = Math.hypot(dx, dy) || 1;
  const [along, across] = [(dx / length) * 7, (dy / length) * 7];
  const left = `${px(x - along - across * 0.42)} ${px(y - across + along * 0.42)}`;
  const right = `${px(x - along + across * 0.42)} ${px(y - across - along * 0.42)}`;
  return { place, lines, heads: `M${x} ${y}L${left}L${right}Z`, crosses: '' };
}

interface Word {
  x: number;
  y: number;
  text: string;
  tone: Tone;
}

function wordOf({ from, to, fromLane, toLane, label, tone }: Arrow, { xOf }: Frame): Word {
  const isReply = fromLane === 0;
  const top = TOP + (isReply ? toLane : fromLane) * LANE.height;
  return {
    x: xOf(isReply ? to : from),
    y: top + (isReply ? LANE.replies : LANE.requests),
    text: `${isReply ? '↓' : '↑'} ${label}`,
    tone,
  };
}

/** Whose words are written where there is room for one only. */
const WEIGHT: Readonly<Record<Tone, number>> = { bad: 0, warn: 1, push: 2, plain: 3, quiet: 4 };

function drawWords(words: Word[]): Html[] {
  const rows = new Map<number, { from: number; to: number }[]>();
  return words
    .sort((a, b) => WEIGHT[a.tone] - WEIGHT[b.tone])
    .map(({ x, y, text, tone }) => {
      const taken = rows.get(y) ?? [];
      const to = x + widthOf(text);
      if (x < LEFT || taken.some((other) => x < other.to && to > other.from)) return html``;
      rows.set(y, [...taken, { from: x, to }]);
      return html`<text class="word told ${tone}" x="${x}" y="${y}">${text}</text>`;
    });
}
