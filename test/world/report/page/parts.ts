import { type Html, html, type Piece } from './html';

/** How good something is, and the word for it: never told by colour alone. */
export type Grade = 'ok' | 'bad' | 'warn' | 'none';

export const badge = (grade: Grade, words: string): Html =>
  html`<span class="badge ${grade}">${words}</span>`;

/** A link that shows a step on the timeline. Steps count from 1; 0 is the set-up. */
export const stepLink = (step: number): Html =>
  step === 0
    ? html`set-up`
    : html`<a href="#timeline" data-step="${step}" title="Show on the timeline">step ${step}</a>`;

export interface Column {
  head: Piece;
  /** Numbers stand at the right. */
  isNumber?: boolean;
}

/** A table with more rows than this has a window of its own. */
const LONG = 60;

/** A table that scrolls by itself where it is wider than the page. */
export function table(
  columns: readonly Column[],
  rows: readonly { cells: readonly Piece[]; grade?: Grade }[],
  caption: string,
): Html {
  const classOf = (index: number): Html | false =>
    columns[index]?.isNumber === true && html` class="number"`;
  const heads = columns.map(
    ({ head }, index) => html`<th scope="col"${classOf(index)}>${head}</th>`,
  );
  const body = rows.map(({ cells, grade = 'none' }) => {
    const row = cells.map((piece, index) => html`<td${classOf(index)}>${piece}</td>`);
    return html`<tr class="${grade}">${row}</tr>\n`;
  });
  return html`<div class="scroll${rows.length > LONG && ' long'}"><table><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

/** The same with columns that are words only. */
export const wordTable = (
  heads: readonly string[],
  rows: Parameters<typeof table>[1],
  caption: string,
): Html =>
  table(
    heads.map((head) => ({ head })),
    rows,
    caption,
  );

export const section = (id: string, title: string, ...content: Piece[]): Html =>
  html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`;

/** The sentence under the title of a section. */
export const lead = (...words: Piece[]): Html => html`<p class="lead">${words}</p>`;

/** A sentence where there is nothing to show. */
export const nothing = (words: string): Html => html`<p class="nothing">${words}</p>`;

/** One thing with what is to be said of it. */
export function card({ title, note, badges, grade = 'none' }: CardHead, ...content: Piece[]): Html {
  return html`<article class="card ${grade}">
<header><h3>${title}</h3> <span class="muted">${note}</span><span class="badges">${badges}</span></header>
${content}
</article>`;
}

interface CardHead {
  title: Piece;
  note?: Piece;
  badges: Piece;
  grade?: Grade;
}

/** Name and value pairs, in boxes. */
export const figures = (
  entries: readonly { name: string; value: Piece; grade?: Grade }[],
  className = '',
): Html => {
  const boxes = entries.map(
    ({ name, value, grade = 'none' }) =>
      html`<div class="${grade}"><dt>${name}</dt><dd>${value}</dd></div>\n`,
  );
  return html`<dl class="figures ${className}">${boxes}</dl>`;
};
