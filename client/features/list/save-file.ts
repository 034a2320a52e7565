/** Gives the operator a text file to keep. */
export function saveText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** The same for a table. The mark before it tells spreadsheets that it is UTF-8. */
export const saveFile = (name: string, text: string): void =>
  saveText(name, `\ufeff${text}`, 'text/csv;charset=utf-8');
