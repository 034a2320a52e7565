/** Version of the program on both sides; a test holds it to package.json's. */
export const PROGRAM_VERSION = '0.1.0';

/** Whether one version is older than the other: numbers between dots, compared from the left. */
export function isOlder(version: string, than: string): boolean {
  const numbers = (text: string): number[] =>
    text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [numbers(version), numbers(than)];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
