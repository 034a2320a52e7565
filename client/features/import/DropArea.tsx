import Box from '@mui/material/Box';
import { type DragEvent, type ReactNode, useEffect, useState } from 'react';

/** Files may be dropped anywhere on it; it shows that it would take them. */
export function DropArea(props: {
  disabled: boolean;
  onFiles: (files: readonly File[]) => void;
  children: ReactNode;
}) {
  const [isOver, setOver] = useState(false);
  /* A file that is let go beside it would be opened by the browser, in the place of the desk. */
  useEffect(() => {
    const stay = (event: Event): void => event.preventDefault();
    for (const name of ['dragover', 'drop']) window.addEventListener(name, stay);
    return () => {
      for (const name of ['dragover', 'drop']) window.removeEventListener(name, stay);
    };
  }, []);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0 && !props.disabled) props.onFiles(files);
  };
  return (
    <Box
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!props.disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      sx={{
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        gap: 1.5,
        borderRadius: 2,
        outline: isOver ? '3px dashed' : 'none',
        outlineColor: 'primary.main',
        outlineOffset: 6,
      }}
    >
      {props.children}
    </Box>
  );
}
