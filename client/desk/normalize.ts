const ASCII = /^[\x20-\x7e]*$/;

/** Lower case without accents: `Café` and `cafe` are the same word to whoever searches. */
export function normalize(text: string): string {
  const lower = text.toLowerCase();
  /* Nothing to take apart in most codes and many names, of which a store has very many. */
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
