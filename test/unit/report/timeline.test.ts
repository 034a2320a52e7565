import { itemAt } from '../../world/report/page/item-at';
import {
  around,
  moved,
  nextStop,
  showing,
  within,
  zoomed,
} from '../../world/report/page/timeline-view';
import { axisOf, spanText, ticksOf, timeText } from '../../world/report/timeline/axis';
import { drawTimeline } from '../../world/report/timeline/draw-timeline';
import { frameOf, LEFT, lineOf } from '../../world/report/timeline/frame';
import type { Arrow, TimelineModel } from '../../world/report/timeline/model';

const arrow = (from: number, to: number, more: Partial<Arrow> = {}): Arrow => ({
  kind: 'pull',
  from,
  to,
  fromLane: 1,
  toLane: 0,
  isCut: false,
  label: 'pull clients',
  tone: 'plain',
  details: 0,
  ...more,
});
const modelOf = (more: Partial<TimelineModel> = {}): TimelineModel => ({
  axis: {
    points: [
      [0, 0],
      [1000, 1000],
    ],
    breaks: [],
    end: 1000,
  },
  lanes: [
    { name: 'server', note: '' },
    { name: 'T1', note: 'rosa' },
  ],
  details: ['details'],
  setUpEnd: 0,
  steps: [],
  spans: [],
  arrows: [],
  marks: [],
  ...more,
});
const view = { from: 0, to: 1000, width: LEFT + 1000, hidden: new Set<never>(), chosen: null };
const count = (markup: string, part: string): number => markup.split(part).length - 1;

describe('axis', () => {
  const { axis, places } = axisOf([
    { at: 0, room: 0 },
    { at: 100, room: 0 },
    { at: 100, room: 60 },
    { at: 130, room: 0 },
    { at: 60_130, room: 0 },
    { at: 60_150, room: 0 },
  ]);

  test('time is even where something goes on, steps have room, idle times are cut short', () => {
    expect(places).toEqual([0, 100, 100, 190, 310, 330]);
    expect(axis.breaks).toEqual([{ from: 190, to: 310, ms: 60_000 }]);
    expect(axis.end).toBeGreaterThan(330);
  });

  test('ticks are round times, anew after a cut, none inside a cut', () => {
    const ticks = ticksOf(axis, { from: 0, to: axis.end, apart: 50 });
    expect(ticks.map(({ ms }) => ms)).toEqual([0, 50, 100, 60_130]);
    for (const { unit } of ticks) expect(unit > 190 && unit < 310).toBe(false);
  });

  test('a window in the middle has ticks of its own', () => {
    const long = axisOf([
      { at: 0, room: 0 },
      ...Array.from({ length: 100 }, (_, index) => ({ at: (index + 1) * 400, room: 0 })),
    ]);
    const ticks = ticksOf(long.axis, { from: 20_000, to: 21_000, apart: 200 });
    expect(ticks.map(({ ms }) => ms)).toEqual([20_000, 20_200, 20_400, 20_600, 20_800, 21_000]);
  });

  test('times are read as people say them', () => {
    expect([timeText(1234), timeText(999_999, 1), timeText(3_725_500, 1)]).toEqual([
      '1.234 s',
      '1000.0 s',
      '1:02:05.5',
    ]);
    expect([
      spanText(800),
      spanText(45_000),
      spanText(600_000),
      spanText(7_200_000),
      spanText(864e6),
    ]).toEqual(['0.8 s', '45 s', '10 min', '2 h', '10 days']);
  });
});

describe('view', () => {
  test('never leaves the timeline, never nearer than can be told apart', () => {
    expect(within({ from: -50, to: 50 }, 1000)).toEqual({ from: 0, to: 100 });
    expect(within({ from: 980, to: 1080 }, 1000)).toEqual({ from: 900, to: 1000 });
    expect(within({ from: 0, to: 9999 }, 1000)).toEqual({ from: 0, to: 1000 });
    expect(within({ from: 500, to: 501 }, 1000)).toEqual({ from: 500, to: 540 });
    expect(moved({ from: 0, to: 100 }, -10, 1000)).toEqual({ from: 0, to: 100 });
  });

  test('zooms around a place that stays where it is', () => {
    expect(zoomed({ from: 0, to: 1000 }, 0.5, 250, 1000)).toEqual({ from: 125, to: 625 });
    expect(zoomed({ from: 125, to: 625 }, 2, 250, 1000)).toEqual({ from: 0, to: 1000 });
  });

  test('moves only as far as a place needs', () => {
    expect(showing({ from: 0, to: 100 }, 50, 1000)).toEqual({ from: 0, to: 100 });
    expect(showing({ from: 0, to: 100 }, 500, 1000)).toEqual({ from: 410, to: 510 });
    expect(showing({ from: 400, to: 500 }, 100, 1000)).toEqual({ from: 90, to: 190 });
    expect(around({ from: 400, to: 500 }, 1000)).toEqual({ from: 370, to: 530 });
  });

  test('the arrow keys go through one lane, in order, and stop at its ends', () => {
    const stops = [
      { item: 'a', at: 1, lane: 1 },
      { item: 'x', at: 2, lane: 2 },
      { item: 'b', at: 3, lane: 1 },
    ];
    expect(nextStop(stops, { at: 0, item: null, lane: 1 }, true)?.item).toBe('a');
    expect(nextStop(stops, { at: 1, item: 'a', lane: 1 }, true)?.item).toBe('b');
    expect(nextStop(stops, { at: 3, item: 'b', lane: 1 }, true)).toBeNull();
    expect(nextStop(stops, { at: 3, item: 'b', lane: 1 }, false)?.item).toBe('a');
    expect(nextStop(stops, { at: 9, item: null, lane: 2 }, false)?.item).toBe('x');
  });
});

describe('drawing', () => {
  test('only what is in sight is drawn', () => {
    const model = modelOf({ arrows: [arrow(100, 140), arrow(800, 840)] });
    expect(drawTimeline(model, view)).toContain('M928 186L968 92');
    expect(drawTimeline(model, { ...view, to: 500 })).toContain('M328 186L408 92');
    expect(drawTimeline(model, { ...view, to: 500 })).not.toContain('M1728');
  });

  test('a kind that is hidden is not there', () => {
    const model = modelOf({ arrows: [arrow(100, 140)] });
    expect(drawTimeline(model, view)).toContain('class="arrow');
    expect(drawTimeline(model, { ...view, hidden: new Set(['pull']) })).not.toContain(
      'class="arrow',
    );
  });

  test('ten thousand messages are no more than the pixels that they cover', () => {
    const many = (length: number) =>
      modelOf({
        arrows: Array.from({ length }, (_, index) =>
          arrow((index * 1000) / length, (index * 1000) / length),
        ),
      });
    const [some, all] = [many(2_000), many(10_000)].map(
      (model) => drawTimeline(model, view).length,
    );
    expect(all).toBe(some);
  });

  test('a message that does not get there ends in a cross, without a head', () => {
    const cut = drawTimeline(modelOf({ arrows: [arrow(100, 140, { isCut: true })] }), view);
    expect(cut).toContain('l8 8m0 -8l-8 8');
    expect(cut).toContain('<path class="head" d=""/>');
    expect(drawTimeline(modelOf({ arrows: [arrow(100, 140)] }), view)).not.toContain('l8 8m0');
  });

  test('the name of a fault has its room before other signs', () => {
    const mark = { shape: 'note', lane: 1, tone: 'warn', details: 0 } as const;
    const drawn = drawTimeline(
      modelOf({
        marks: [
          { ...mark, at: 100, label: 'offline' },
          { ...mark, at: 110, shape: 'fault', tone: 'bad', label: 'dropResponse' },
          { ...mark, at: 120, label: 'online' },
        ],
      }),
      view,
    );
    expect(drawn).toContain('dropResponse</text>');
    expect(drawn).not.toContain('online</text>');
    expect(count(drawn, 'class="mark')).toBe(3);
  });

  test('names are inert', () => {
    const drawn = drawTimeline(
      modelOf({
        lanes: [
          { name: 'server', note: '' },
          { name: '<b>x', note: '<i>' },
        ],
      }),
      view,
    );
    expect(drawn).not.toMatch(/<b>|<i>/);
    expect(drawn).toContain('&lt;b&gt;x');
  });
});

test('a pointer finds the message that is near, else the step, left of all that nothing', () => {
  const step = { step: 1, from: 0, to: 1000, label: '', tone: 'plain', details: 0 } as const;
  const model = modelOf({ arrows: [arrow(100, 100), arrow(300, 300)], steps: [step] });
  const y = (lineOf(0) + lineOf(1)) / 2;
  const { xOf } = frameOf(view);
  expect(itemAt(model, view, { x: xOf(100) + 4, y })).toBe('arrow:0');
  expect(itemAt(model, view, { x: xOf(300) - 4, y })).toBe('arrow:1');
  expect(itemAt(model, view, { x: xOf(200), y })).toBe('step:0');
  expect(itemAt(model, { ...view, hidden: new Set(['pull']) }, { x: xOf(100), y })).toBe('step:0');
  expect(itemAt(model, view, { x: LEFT - 5, y })).toBeNull();
});
