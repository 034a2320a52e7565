import Box from '@mui/material/Box';
import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

export interface Column<T> {
  key: string;
  label: string;
  /** A CSS grid track: `1fr`, `9em`. */
  width: string;
  align?: 'right';
  render: (row: T) => ReactNode;
}

const ROW_HEIGHT = 52;

const tableStyle = {
  '&:focus-visible': { outlineOffset: -3 },
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  bgcolor: 'background.paper',
  borderRadius: 2,
  border: 1,
  borderColor: 'divider',
} as const;
const rowStyle = {
  display: 'grid',
  gap: 3,
  px: 2,
  alignItems: 'center',
  '& > *': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& > [data-align="right"]': { textAlign: 'right' },
} as const;
const headStyle = {
  position: 'sticky',
  top: 0,
  zIndex: 1,
  height: 44,
  color: 'text.secondary',
  /* On the cells: the columns are as wide as so many letters of the rows, not of these. */
  '& > *': { fontSize: 14, fontWeight: 600 },
  bgcolor: 'background.paper',
  borderBottom: 1,
  borderColor: 'divider',
} as const;
/** A row of the list itself, which has a place in it. */
const Line = styled('div')(({ theme }) => ({
  position: 'absolute',
  insetInline: 0,
  top: 0,
  height: ROW_HEIGHT,
  /* Its place and size are given: what is in it never moves what is around it. */
  contain: 'strict',
  borderBottom: `1px solid ${theme.palette.divider}`,
  '&[aria-selected="true"]': { backgroundColor: theme.palette.action.selected },
  '&:hover': { backgroundColor: theme.palette.action.hover },
}));

/** A list of any length: only the rows in view exist. Arrow keys, Page, Home and End move; Enter opens. */
export function VirtualTable<T extends { id: string }>(props: {
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  /** What is said where there are no rows. */
  empty: string;
  /** Left out where a row has nothing more to show. */
  onOpen?: (row: T) => void;
  onEnd?: () => void;
  onVisible?: (rows: readonly T[]) => void;
}) {
  const { rows, columns, onEnd, onVisible } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;

  const { isScrolling } = virtual;
  useEffect(() => {
    /* What is asked about the rows in view is asked once they stand still. */
    if (!isScrolling) onVisible?.(rows.slice(first, last + 1));
    if (rows.length > 0 && last >= rows.length - 1) onEnd?.();
  }, [rows, first, last, isScrolling, onEnd, onVisible]);

  const move = (to: number): void => {
    const index = Math.max(0, Math.min(rows.length - 1, to));
    setCurrent(index);
    virtual.scrollToIndex(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, last - first - 2);
    const steps: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === 'Enter') {
      const row = rows[current];
      if (row !== undefined) props.onOpen?.(row);
    }
  };
  /* Plain elements: while one scrolls some 200 cells are drawn a frame, and each `sx` of its own would be computed. */
  const cells = (render: (column: Column<T>) => ReactNode, role: string) =>
    columns.map((column) => (
      <div key={column.key} role={role} data-align={column.align}>
        {render(column)}
      </div>
    ));
  return (
    <Box
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows.length}
      onKeyDown={onKeyDown}
      sx={{
        ...tableStyle,
        '& [role="row"]': {
          ...rowStyle,
          gridTemplateColumns: columns.map((column) => column.width).join(' '),
        },
        '& [aria-rowindex]': { cursor: props.onOpen === undefined ? 'default' : 'pointer' },
      }}
    >
      <Box role="row" sx={headStyle}>
        {cells((column) => column.label, 'columnheader')}
      </Box>
      {rows.length === 0 && (
        <Typography sx={{ p: 6, textAlign: 'center', fontSize: 18 }} color="textSecondary">
          {props.empty}
        </Typography>
      )}
      <Box style={{ height: virtual.getTotalSize() }} sx={{ position: 'relative' }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <Line
              key={row.id}
              role="row"
              aria-rowindex={item.index + 1}
              aria-selected={item.index === current}
              onClick={() => {
                setCurrent(item.index);
                props.onOpen?.(row);
              }}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {cells((column) => column.render(row), 'gridcell')}
            </Line>
          );
        })}
      </Box>
    </Box>
  );
}
