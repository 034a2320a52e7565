/* Runs in Node and in the page. */
import { type Html, html } from '../page/html';
import { type Frame, fitting, LANE, lineOf, widthOf } from './frame';
import type { Mark } from './model';

/** Signs around the point that they stand on. */
export const SHAPES: Readonly<Record<Mark['shape'], string>> = {
  fault: 'M0 -7L7 0L0 7L-7 0Z',
  crash: 'M-6 -6L6 6M6 -6L-6 6',
  start: 'M-4 -6L6 0L-4 6Z',
  note: 'M0 -5A5 5 0 1 1 0 5A5 5 0 1 1 0 -5Z',
};

type Numbered = readonly [number, Mark];

/** Faults, crashes and what else happens at once, with their names. */
export function drawMarks(
  marks: readonly Mark[],
  frame: Frame,
  { lanes, chosen }: { lanes: number; chosen: string | null },
): Html[] {
  const seen = [...marks.entries()].filter(([, { at }]) => frame.isSeen(at, at));
  return [...Array(lanes).keys()].flatMap((lane) => {
    const own = seen.filter(([, mark]) => mark.lane === lane);
    const rooms = roomsOf(own, frame);
    const drawn = new Set<string>();
    return own.flatMap(([index, mark]) => {
      const item = `mark:${index}`;
      const key = `${mark.shape}${Math.round(frame.xOf(mark.at))}`;
      if (drawn.has(key) && chosen !== item) return [];
      drawn.add(key);
      return [drawMark(mark, frame, { item, room: rooms.get(index) ?? 0, chosen })];
    });
  });
}

function drawMark(
  { shape, lane, at, label, tone }: Mark,
  { xOf }: Frame,
  { item, room, chosen }: { item: string; room: number; chosen: string | null },
): Html {
  const words = fitting(label, room);
  const look = `mark ${shape} ${tone}${chosen === item ? ' chosen' : ''}`;
  const name = html`<text class="told" x="-6" y="${LANE.label - LANE.line}">${words}</text>`;
  return html`<g class="${look}" transform="translate(${xOf(at)} ${lineOf(lane)})" data-i="${item}">
<path d="${SHAPES[shape]}"/>${words !== '' && name}</g>`;
}

/** Room for the words of the marks of one lane, px: what went wrong takes its room first. */
function roomsOf(own: readonly Numbered[], { xOf, width }: Frame): ReadonlyMap<number, number> {
  const rooms = new Map<number, number>();
  const startOf = ({ at }: Mark): number => xOf(at) - 6;
  const bad = own.filter(([, { tone }]) => tone === 'bad');
  const taken = bad.map(([index, mark], place) => {
    const next = bad[place + 1];
    const from = startOf(mark);
    const room = (next === undefined ? width : startOf(next[1])) - from;
    rooms.set(index, room);
    return { from, to: from + Math.min(widthOf(mark.label), room) };
  });
  let place = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [index, mark] of own) {
    if (mark.tone === 'bad') continue;
    const from = startOf(mark);
    while ((taken[place]?.to ?? width) <= from && place < taken.length) place += 1;
    const next = taken[place]?.from ?? width;
    if (from < until || next <= from) continue;
    rooms.set(index, next - from);
    until = from + Math.min(widthOf(mark.label), next - from);
  }
  return rooms;
}
