/** One scenario, as a CI's test report has it. */
export interface JunitCase {
  name: string;
  file: string;
  seconds: number;
  /** Empty where it passed. */
  failures: readonly string[];
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    /* What XML 1.0 has no character for. */
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '?');

/** A JUnit report, the form that CI systems read. */
export function junitXml(cases: readonly JunitCase[]): string {
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const total = cases.reduce((sum, { seconds }) => sum + seconds, 0);
  const lines = cases.map(({ name, file, seconds, failures }) => {
    const head = `  <testcase classname="scenarios" name="${escaped(name)}" file="${escaped(file)}" time="${seconds.toFixed(3)}"`;
    if (failures.length === 0) return `${head}/>`;
    const first = escaped(failures[0] ?? '');
    return `${head}>\n    <failure message="${first}">${escaped(failures.join('\n'))}</failure>\n  </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="scenarios" tests="${cases.length}" failures="${failed}" time="${total.toFixed(3)}">`,
    ...lines,
    '</testsuite>\n',
  ].join('\n');
}
