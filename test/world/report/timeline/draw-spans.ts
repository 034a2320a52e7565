/* Runs in Node and in the page. */
import { type Html, html } from '../page/html';
import { type Frame, fitting, LANE, LEFT, TOP, widthOf } from './frame';
import type { Span } from './model';

/** Times at which a side was down or without a connection: a shade behind everything. */
export function drawStates(spans: readonly Span[], frame: Frame, chosen: string | null): Html[] {
  return [...spans.entries()].flatMap(([index, { kind, lane, from, to, label, tone }]) => {
    if (kind === 'operation' || !frame.isSeen(from, to)) return [];
    const top = TOP + lane * LANE.height;
    const x = Math.max(frame.xOf(from), LEFT - 4);
    const width = Math.max(2, frame.xOf(to) - x);
    const words = fitting(label, width - 8);
    return [
      html`<g class="${kind} ${tone}${chosen === `span:${index}` && ' chosen'}" data-i="span:${index}">
<rect x="${x}" y="${top + 2}" width="${width}" height="${LANE.height - 4}"/>
${words !== '' && html`<text class="told" x="${x + 6}" y="${top + LANE.replies}">${words}</text>`}</g>`,
    ];
  });
}

/** What people asked for, as bars below the lane's line. */
export function drawOperations(
  spans: readonly Span[],
  frame: Frame,
  chosen: string | null,
): Html[] {
  const drawn: Html[] = [];
  /* From the last to the first, so that each knows where the next one of its lane begins. */
  const next = new Map<number, number>();
  const seen = new Set<string>();
  for (const [index, span] of [...spans.entries()].reverse()) {
    if (span.kind !== 'operation') continue;
    const { lane, from, to, label, tone } = span;
    const until = next.get(lane) ?? frame.width;
    next.set(lane, frame.xOf(from));
    if (!frame.isSeen(from, to)) continue;
    const x = Math.max(frame.xOf(from), LEFT - 4);
    const width = Math.max(2, Math.round((frame.xOf(to) - x) * 10) / 10);
    const item = `span:${index}`;
    const isChosen = chosen === item;
    const key = `${lane}${tone}${Math.round(x / 2)}_${Math.round(width / 2)}`;
    if (seen.has(key) && !isChosen) continue;
    seen.add(key);
    const top = TOP + lane * LANE.height + LANE.bar;
    /* Words stand inside where they fit, else beside: most of what people do takes no time at all. */
    const isInside = widthOf(label) <= width || until - x - width < widthOf(label);
    const words = isInside ? fitting(label, width - 4) : label;
    const [place, wordsAt] = isInside ? ['inside', x + 5] : ['beside', x + width + 4];
    const text = html`<text class="${place}" x="${wordsAt}" y="${top + 12}">${words}</text>`;
    drawn.push(html`<g class="op ${tone}${isChosen && ' chosen'}" data-i="${item}">
<rect x="${x}" y="${top}" width="${width}" height="${LANE.barHeight}" rx="3"/>
${words !== '' && text}</g>`);
  }
  return drawn;
}
