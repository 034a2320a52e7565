import { renderReport } from '../../world/report/render-report';
import { type RunResult, runScenario } from '../../world/scenario/run-scenario';
import { HOSTILE, REPORT_SCENARIO } from './report-scenario';

let result: RunResult;
let page: string;
beforeAll(async () => {
  result = await runScenario(REPORT_SCENARIO);
  page = renderReport(result);
}, 60_000);

/** What a reader sees of a section, as plain text. */
const textOf = (html: string, id: string): string => {
  const start = html.indexOf(`<section id="${id}"`);
  const end = html.indexOf('</section>', start);
  return html
    .slice(start, start < 0 ? start : end)
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
};
/** Every tag, without the values of its attributes: what is left is markup and nothing that somebody typed. */
const tagsOf = (html: string): string[] =>
  [...markupOf(html).matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""'));
/** Markup without what scripts and styles say. */
const markupOf = (html: string): string =>
  html.replaceAll(/(<(script|style)[^>]*>)[\s\S]*?<\/\2>/g, '$1');

test('the same result gives the same page', async () => {
  expect(renderReport(result)).toBe(page);
  expect(renderReport(await runScenario(REPORT_SCENARIO))).toBe(page);
});

test('the verdict stands first, with every expectation below it', () => {
  expect(result.violations).toEqual([]);
  expect(page).toContain('</svg>Passed</p>');
  expect(page.indexOf('Passed</p>')).toBeLessThan(page.indexOf('<section'));
  const text = textOf(page, 'expectations');
  expect(text).toContain('5 of 5 expectations met.');
  expect(text).toContain('met Stock at the server, units P1 7 7');
  expect(text).toContain('met How a step ended step 9 crashed crashed');
  expect(text).not.toContain('not met');
});

test('an expectation that is not met is told at the top, with what was found', () => {
  const verdicts = result.verdicts.map((verdict) =>
    'stock' in verdict.expectation
      ? { ...verdict, ok: false, expected: { P1: 7, P2: 9 } }
      : verdict,
  );
  const failed = renderReport({ ...result, ok: false, verdicts, unusedFaults: ['late'] });
  expect(failed).toContain('</svg>Failed</p>');
  expect(failed).toContain('expected <strong>9</strong>, found <strong>4</strong>');
  expect(failed).toContain(
    '4 of 5 expectations met · no violation · 1 fault asked for and never met.',
  );
  expect(textOf(failed, 'expectations')).toContain('not met Stock at the server, units P2 9 4');
  expect(textOf(failed, 'expectations')).toContain('met Stock at the server, units P1 7 7');
});

test('a violation is told once, with the steps after which it was found', () => {
  const violation = {
    invariant: '4',
    where: 'server',
    message: 'stock is not the sum of its movements',
    document: { collection: 'stock', id: String(result.server['products']?.[0]?.['id']) },
    expected: 7000,
    actual: 6500,
  };
  const violations = [3, 4, 5].map((step) => ({ ...violation, step }));
  const text = textOf(renderReport({ ...result, ok: false, violations }), 'violations');
  expect(text).toContain('1 thing that must hold and did not.');
  expect(text).toContain('step 3 and after 2 later steps');
  expect(text).toContain('7 6.5');
  expect(page).not.toContain('id="violations"');
});

test('a lane for the server and for each terminal, in order', () => {
  const lanes = [...markupOf(page).matchAll(/data-lane="([^"]*)"/g)].map(([, name]) => name);
  expect(lanes).toEqual(['server', 'T1', 'T2']);
});

test('steps, faults and crashes have their names on the timeline', () => {
  const timeline = textOf(page, 'timeline');
  expect(timeline).toContain('dropResponse');
  expect(timeline).toContain('terminal.afterSale');
  for (const [index] of REPORT_SCENARIO.steps.entries()) {
    expect(page).toContain(`<option value="${index + 1}">${index + 1} `);
  }
});

test('what is typed by somebody is inert text, on the page and in its data', () => {
  const markup = markupOf(page);
  expect(markup).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(markup).not.toContain('<img');
  const allowed =
    /^(?:!doctype|html|head|meta|title|style|body|a|main|header|p|h[1-3]|div|svg|path|rect|g|text|defs|clipPath|section|nav|table|caption|thead|tbody|tr|th|td|span|small|code|strong|button|label|select|option|input|ul|li|dl|dt|dd|article|details|summary|pre|script|footer)$/i;
  for (const [, name = ''] of markup.matchAll(/<\/?([!a-z][^\s/>]*)/gi)) {
    expect(name).toMatch(allowed);
  }
  expect([...page.matchAll(/<script/g)]).toHaveLength(2);
  expect([...page.matchAll(/<\/script/g)]).toHaveLength(2);
  for (const tag of tagsOf(page)) expect(tag).not.toMatch(/\s(?:on\w+|style|srcdoc)=/i);
  const data = /id="timeline-data">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  expect(data).not.toContain('<');
  expect(JSON.stringify(JSON.parse(data))).toContain(HOSTILE);
});

test('the page asks for nothing outside itself', () => {
  const markup = markupOf(page);
  for (const tag of tagsOf(page)) expect(tag).not.toMatch(/\s(?:src|srcset|action|data)=/);
  for (const [, target] of markup.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#/);
  const styles = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
  expect(styles).not.toMatch(/@import|url\(/);
  expect(page).toContain('default-src &#39;none&#39;');
});

test('every link of the page leads somewhere', () => {
  const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
});

test('a conflict shows base, both sides, result, and the rule', () => {
  const text = textOf(page, 'conflicts');
  expect(text).toContain('price 10.00 13.00 12.00 12.00 changed on both sides');
  expect(text).toContain('waits for a person');
  expect(text).toContain('the value first accepted stays and the other is kept for a person');
  expect(text).toMatch(/notes \(empty\) &lt;img.* \(empty\) &lt;img.* changed here only/);
});

test('the ledger adds up from the opening, movement by movement', () => {
  const text = textOf(page, 'stock');
  expect(text).toContain('Opening 10 10');
  expect(text).toMatch(/Invoice 1-1 T1 [\d.]+ s −2 8/);
  expect(text).toMatch(/Ticket 1-1 T1 [\d.]+ s −1 7/);
  expect(text).toContain('Sum 7 Server has 7 T1 shows 7 T2 shows 7');
  expect(text).toContain('for every one of 2 products');
});

test('stock that is not the sum is told', () => {
  const stock = result.server['stock']?.map((document) => ({ ...document, onHand: 1000 })) ?? [];
  const text = textOf(renderReport({ ...result, server: { ...result.server, stock } }), 'stock');
  expect(text).toContain('2 products of 2 do not add up.');
  expect(text).toContain('Sum 7 Server has 1 ');
});

test('every acknowledged write is looked for at the server', () => {
  const text = textOf(page, 'audit');
  expect(text).toContain(`${result.acknowledged.length} acknowledged writes, none lost.`);
  expect(text).toContain('refused: ROLE_NOT_ALLOWED');
  const without = { ...result.server, invoices: [] };
  const lost = textOf(renderReport({ ...result, server: without }), 'audit');
  expect(lost).toContain(
    `2 of ${result.acknowledged.length} acknowledged writes are not at the server.`,
  );
  expect(lost).toContain('v1 — LOST');
});

test('a refusal is told with its code and reason', () => {
  const text = textOf(page, 'rejected');
  expect(text).toContain('1 document refused, 1 still on a terminal');
  expect(text).toContain(
    'ROLE_NOT_ALLOWED The role of the user who sends it does not allow this change.',
  );
});

test('a difference that a refusal explains is no divergence', () => {
  const text = textOf(page, 'divergence');
  expect(text).toContain('No document differs from the server’s without an explanation.');
  expect(text).toContain('refused by the server: ROLE_NOT_ALLOWED');
});

test('the first divergent document is told with its step, field by field', () => {
  const product = result.server['products']?.find(({ code }) => code === 'P1');
  const divergence = {
    terminal: 'T1',
    collection: 'products',
    id: String(product?.['id']),
    standing: 'diverged' as const,
    step: 6,
    at: 32_000,
    standingStep: 7,
  };
  const products = result.server['products']?.map((document) =>
    document === product ? { ...document, price: 999 } : document,
  );
  const diverged = renderReport({
    ...result,
    ok: false,
    divergences: [divergence, ...result.divergences],
    server: { ...result.server, products: products ?? [] },
  });
  const text = textOf(diverged, 'divergence');
  expect(text).toContain(
    'has not been the server’s since step 6 (32.000 s), and stands as diverged since step 7 .',
  );
  expect(text).toContain('price 9.99 12.00');
  expect(diverged).toMatch(/First divergent document<\/a>: P1[^<]* at T1, diverged since <a /);
});

test('each step has the digest of every side, and how each stands to the server', () => {
  const text = textOf(page, 'steps');
  const digest = result.states[0]?.sides['server']?.digest.slice(0, 6);
  expect(text).toContain(`${digest} ${digest} equal ${digest} equal`);
  expect(text).toMatch(/1 pending/);
  expect(text).toMatch(/crashed/);
});

test('the scenario is in the page, to be run again', () => {
  const text = /<pre>([\s\S]*?)<\/pre>/.exec(page)?.[1] ?? '';
  const plain = text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
  expect(JSON.parse(plain)).toEqual(REPORT_SCENARIO);
});
