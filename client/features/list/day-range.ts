const DAY_MS = 24 * 3600 * 1000;

/** Two days of this machine as instants; the last day counts to its end. What is no day is left out. */
export function dayRange(days: { from: string; to: string }): { from?: string; to?: string } {
  const instantOf = (day: string, after: number): string | null => {
    const start = Date.parse(`${day}T00:00:00`);
    return Number.isNaN(start) ? null : new Date(start + after).toISOString();
  };
  const from = instantOf(days.from, 0);
  const to = instantOf(days.to, DAY_MS);
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}
