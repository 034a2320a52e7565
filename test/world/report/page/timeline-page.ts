/* Runs in the page only. */

import { drawTimeline } from '../timeline/draw-timeline';
import { LEFT } from '../timeline/frame';
import type { Kind, TimelineModel } from '../timeline/model';
import { itemAt } from './item-at';
import {
  around,
  moved,
  nextStop,
  type Range,
  type Stop,
  showing,
  within,
  zoomed,
} from './timeline-view';

const find = <T extends Element>(selector: string, type: new () => T): T => {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`the page has no ${selector}`);
  return found;
};

/** What each key does while the picture has the focus. */
const KEYS: Readonly<Record<string, string>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowDown: 'lane below',
  ArrowUp: 'lane above',
  'Shift+ArrowRight': 'right',
  'Shift+ArrowLeft': 'left',
  '+': 'in',
  '=': 'in',
  '-': 'out',
  '0': 'all',
  Home: 'first',
  End: 'last',
  Escape: 'nothing',
};

/** Makes the picture that stands in the page one that can be moved, zoomed and asked. */
function startTimeline(): void {
  const model = JSON.parse(find('#timeline-data', HTMLElement).textContent ?? '') as TimelineModel;
  const picture = find('#timeline-picture', SVGSVGElement);
  const stage = find('#timeline-stage', SVGGElement);
  const clip = find('#stage rect', SVGRectElement);
  const panel = find('#timeline-details', HTMLElement);
  const lens = find('#overview-lens', SVGRectElement);
  const overview = find('#timeline-overview', SVGSVGElement);
  const jump = find('#timeline-step', HTMLSelectElement);
  const { end } = model.axis;
  const hint = panel.textContent ?? '';
  const stops = stopsOf(model);
  const hidden = new Set<Kind>();
  let range: Range = within({ from: model.setUpEnd, to: end }, end);
  let chosen: Stop | null = null;
  let pointed: string | null = null;
  let lane = -1;
  let width = 0;
  let isAsked = false;

  const draw = (): void => {
    isAsked = false;
    const item = pointed ?? chosen?.item ?? null;
    stage.innerHTML = drawTimeline(model, { ...range, width, hidden, chosen: item });
    lens.setAttribute('x', String((range.from / end) * 1000));
    lens.setAttribute('width', String(((range.to - range.from) / end) * 1000));
    panel.textContent = item === null ? hint : detailsOf(model, item);
    panel.classList.toggle('empty', item === null);
  };
  /** One drawing a frame, however many events ask for it. */
  const ask = (): void => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(draw);
  };
  const look = (next: Range): void => {
    range = next;
    ask();
  };
  const measure = (): void => {
    width = Math.max(480, Math.round(picture.parentElement?.clientWidth ?? 0));
    const height = picture.viewBox.baseVal.height;
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    clip.setAttribute('width', String(width - LEFT));
    ask();
  };
  const unitOf = (clientX: number): number => {
    const box = picture.getBoundingClientRect();
    const x = ((clientX - box.left) / box.width) * width;
    return range.from + ((x - LEFT) / (width - LEFT)) * (range.to - range.from);
  };
  /** What is pointed at: a sign or a bar, else the nearest message, else the step. */
  const itemUnder = ({ clientX, clientY }: PointerEvent): string | null => {
    const under = document.elementFromPoint(clientX, clientY)?.closest('[data-i]');
    const item = under?.getAttribute('data-i') ?? null;
    if (item !== null && under?.matches('.mark, .op') === true) return item;
    const box = picture.getBoundingClientRect();
    const part = width / box.width;
    const point = { x: (clientX - box.left) * part, y: (clientY - box.top) * part };
    const found = itemAt(model, { ...range, width, hidden }, point);
    return found?.startsWith('arrow') === true ? found : (item ?? found);
  };
  const middle = (): number => chosen?.at ?? (range.from + range.to) / 2;
  const zoom = (factor: number, place = middle()): void => look(zoomed(range, factor, place, end));
  const pan = (part: number): void => look(moved(range, (range.to - range.from) * part, end));
  const choose = (stop: Stop | null): void => {
    chosen = stop;
    if (stop !== null) {
      lane = stop.lane;
      range = showing(range, stop.at, end);
    }
    ask();
  };
  const showStep = (step: number): void => {
    const index = model.steps.findIndex((mark) => mark.step === step);
    const mark = model.steps[index];
    if (mark === undefined) return;
    chosen = stops.find(({ item }) => item === `step:${index}`) ?? null;
    lane = -1;
    look(around(mark, end));
  };
  const goFrom = (forwards: boolean): void => {
    const start = { at: chosen?.at ?? range.from, item: chosen?.item ?? null, lane };
    choose(nextStop(stops, start, forwards) ?? chosen);
  };
  const goLane = (by: number): void => {
    lane = Math.min(Math.max(lane + by, -1), model.lanes.length - 1);
    const start = { at: chosen?.at ?? range.from, item: null, lane };
    choose(nextStop(stops, start, true) ?? nextStop(stops, start, false) ?? chosen);
  };
  const actions: Readonly<Record<string, () => void>> = {
    in: () => zoom(0.5),
    out: () => zoom(2),
    left: () => pan(-0.4),
    right: () => pan(0.4),
    all: () => look({ from: 0, to: end }),
    steps: () => look(within({ from: model.setUpEnd, to: end }, end)),
    first: () => look(moved(range, -end, end)),
    last: () => look(moved(range, end, end)),
    next: () => goFrom(true),
    previous: () => goFrom(false),
    'lane below': () => goLane(1),
    'lane above': () => goLane(-1),
    nothing: () => choose(null),
  };

  picture.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.shiftKey && event.key.startsWith('Arrow') ? `Shift+${event.key}` : event.key;
    const action = actions[KEYS[name] ?? ''];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  /* The wheel belongs to the page until the timeline has been chosen, or Ctrl says whom it is for. */
  picture.addEventListener(
    'wheel',
    (event) => {
      const isMine = event.ctrlKey || document.activeElement === picture;
      if (!isMine) return;
      event.preventDefault();
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        pan((event.deltaX || event.deltaY) / 800);
      } else zoom(1.0018 ** event.deltaY, unitOf(event.clientX));
    },
    { passive: false },
  );
  let grip: { x: number; range: Range; isMoved: boolean } | null = null;
  picture.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    grip = { x: event.clientX, range, isMoved: false };
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener('pointermove', (event) => {
    if (grip !== null) {
      const box = picture.getBoundingClientRect();
      const units = (range.to - range.from) / (((width - LEFT) / width) * box.width);
      grip.isMoved ||= Math.abs(event.clientX - grip.x) > 3;
      if (grip.isMoved) look(moved(grip.range, (grip.x - event.clientX) * units, end));
      return;
    }
    const item = itemUnder(event);
    if (item === pointed) return;
    pointed = item;
    ask();
  });
  picture.addEventListener('pointerup', (event) => {
    const held = grip;
    grip = null;
    if (held === null || held.isMoved) return;
    const item = itemUnder(event);
    chosen = stops.find((stop) => stop.item === item) ?? null;
    if (chosen !== null) lane = chosen.lane;
    ask();
  });
  picture.addEventListener('pointerleave', () => {
    pointed = null;
    ask();
  });
  const slide = (event: PointerEvent): void => {
    const box = overview.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * end;
    const half = (range.to - range.from) / 2;
    look(within({ from: place - half, to: place + half }, end));
  };
  overview.addEventListener('pointerdown', (event) => {
    overview.setPointerCapture(event.pointerId);
    slide(event);
  });
  overview.addEventListener('pointermove', (event) => {
    if (event.buttons === 1) slide(event);
  });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const action = event.target.closest('[data-timeline]')?.getAttribute('data-timeline');
    if (action !== null && action !== undefined) actions[action]?.();
    const step = event.target.closest('[data-step]')?.getAttribute('data-step');
    if (step !== null && step !== undefined) showStep(Number(step));
  });
  jump.addEventListener('change', () => showStep(Number(jump.value)));
  for (const box of document.querySelectorAll<HTMLInputElement>('[data-kind]')) {
    box.addEventListener('change', () => {
      const kind = box.dataset['kind'] as Kind;
      if (box.checked) hidden.delete(kind);
      else hidden.add(kind);
      ask();
    });
  }
  new ResizeObserver(measure).observe(picture.parentElement ?? picture);
  measure();
}

function detailsOf(model: TimelineModel, item: string): string {
  const [kind = '', index = ''] = item.split(':');
  const lists = { step: model.steps, span: model.spans, arrow: model.arrows, mark: model.marks };
  const found = lists[kind as keyof typeof lists][Number(index)];
  return found === undefined ? '' : (model.details[found.details] ?? '');
}

/** What the arrow keys go through: steps above, in each lane its messages, operations and signs. */
function stopsOf({ steps, spans, arrows, marks }: TimelineModel): Stop[] {
  const stops: Stop[] = [
    ...steps.map(({ from }, index) => ({ item: `step:${index}`, at: from, lane: -1 })),
    ...spans.map(({ from, lane }, index) => ({ item: `span:${index}`, at: from, lane })),
    ...arrows.map(({ from, fromLane }, index) => ({
      item: `arrow:${index}`,
      at: from,
      lane: fromLane,
    })),
    ...marks.map(({ at, lane }, index) => ({ item: `mark:${index}`, at, lane })),
  ];
  return stops.sort((a, b) => a.at - b.at);
}

startTimeline();
