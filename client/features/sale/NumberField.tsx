import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';

/** A number that is taken when one leaves the field or presses Enter; what is no number stays red and changes nothing. */
export function NumberField(props: {
  label: string;
  value: string;
  parse: (text: string) => number | null;
  onValue: (value: number) => void;
  /** Enter was pressed over a number. */
  onDone?: () => void;
  disabled?: boolean;
  inputId?: string;
}) {
  const [text, setText] = useState(props.value);
  useEffect(() => setText(props.value), [props.value]);
  const parsed = props.parse(text);
  const commit = (): void => {
    if (parsed !== null && text !== props.value) props.onValue(parsed);
    else if (parsed === null) setText(props.value);
  };
  return (
    <TextField
      value={text}
      error={parsed === null}
      disabled={props.disabled === true}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        commit();
        if (parsed !== null) props.onDone?.();
      }}
      slotProps={{
        htmlInput: {
          'aria-label': props.label,
          inputMode: 'decimal',
          style: { textAlign: 'right' },
          ...(props.inputId === undefined ? {} : { id: props.inputId }),
        },
      }}
    />
  );
}
