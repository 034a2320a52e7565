import type { LabWords } from '../words/es';

/** A span of time by its largest unit. */
export function spanText(ms: number, { spans }: LabWords): string {
  if (ms >= 31_536_000_000) return spans.years(Math.round(ms / 31_557_600_000));
  if (ms >= 86_400_000) return spans.days(Math.round(ms / 86_400_000));
  if (ms >= 3_600_000) return spans.hours(Math.round(ms / 3_600_000));
  if (ms >= 60_000) return spans.minutes(Math.round(ms / 60_000));
  return spans.seconds(Math.round(ms / 1_000));
}
