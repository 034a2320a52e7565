import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Mutant } from './mutants';

/** The patched text of each file of a mutant. Throws where a patch does not fit exactly one place. */
export function patched(root: string, { name, patches }: Mutant): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { file, search, replace } of patches) {
    const text = texts.get(file) ?? readFileSync(path.join(root, file), 'utf8');
    const places = text.split(search).length - 1;
    if (places !== 1) throw new Error(`${name}: its patch fits ${places} places in ${file}`);
    texts.set(
      file,
      text.replace(search, () => replace),
    );
  }
  return texts;
}

/** Puts the defect into a tree, which must be a scratch copy. */
export function applyMutant(root: string, mutant: Mutant): void {
  for (const [file, text] of patched(root, mutant)) writeFileSync(path.join(root, file), text);
}
