/** The mark before a CSV file tells spreadsheets that it is UTF-8; JSON must not have one. */
const KINDS = {
  csv: { type: 'text/csv;charset=utf-8', mark: '\ufeff' },
  json: { type: 'application/json', mark: '' },
  sealed: { type: 'application/octet-stream', mark: '' },
} as const;

/** Gives the operator a text file to keep. */
export function saveFile(name: string, text: string, kind: keyof typeof KINDS = 'csv'): void {
  const { type, mark } = KINDS[kind];
  const url = URL.createObjectURL(new Blob([`${mark}${text}`], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
