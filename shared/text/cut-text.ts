/** The first `most` UTF-16 units, or one less where that would part a character: half of one is no text to a database. */
export function cutText(text: string, most: number): string {
  const cut = text.slice(0, most);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}
