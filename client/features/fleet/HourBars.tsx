import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { useId } from 'react';

const WIDTH = 620;
const HEIGHT = 190;
const [LEFT, TOP, BOTTOM] = [44, 14, 30];
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
const STEP = (WIDTH - LEFT) / 24;

/** The next round number, so that the axis has one: 1, 2, 5, 10, 20, 50 ... */
export function roundUp(max: number): number {
  for (let size = 1; ; size *= 10) {
    for (const factor of [1, 2, 5]) if (factor * size >= max) return factor * size;
  }
}

/** Counts of 24 hours as bars. `title` says in words what is to be seen. */
export function HourBars(props: { counts: readonly number[]; title: string; color: string }) {
  const { palette } = useTheme();
  const id = useId();
  const top = roundUp(Math.max(...props.counts, 1));
  const y = (count: number): number => TOP + PLOT_HEIGHT * (1 - count / top);
  const text = { fill: palette.text.secondary, fontSize: 15, fontFamily: 'inherit' };
  return (
    <Box
      component="svg"
      role="img"
      aria-labelledby={id}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      sx={{ width: '100%', display: 'block' }}
    >
      <title id={id}>{props.title}</title>
      {[0, top].map((count) => (
        <g key={count}>
          <line x1={LEFT} x2={WIDTH} y1={y(count)} y2={y(count)} stroke={palette.divider} />
          <text x={LEFT - 8} y={y(count) + 5} textAnchor="end" {...text}>
            {count}
          </text>
        </g>
      ))}
      {props.counts.map((count, hour) => {
        const x = LEFT + hour * STEP;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the hour
          <g key={hour}>
            {count > 0 && (
              <rect
                x={x + 3}
                width={STEP - 6}
                y={y(count)}
                height={y(0) - y(count)}
                rx={2}
                fill={props.color}
              />
            )}
            {hour % 3 === 0 && (
              <text x={x + STEP / 2} y={HEIGHT - 8} textAnchor="middle" {...text}>
                {hour}
              </text>
            )}
          </g>
        );
      })}
    </Box>
  );
}
