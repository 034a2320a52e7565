/** Lower case without accents: `Café` and `cafe` are the same word to whoever searches. */
export const normalize = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
