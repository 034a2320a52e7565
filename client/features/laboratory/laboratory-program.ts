/** How the laboratory looks; it follows the desk's menu. */
export interface LaboratoryLook {
  language: 'es' | 'en';
  mode: 'light' | 'dark';
}

/** What the laboratory's program offers. */
export interface LaboratoryProgram {
  /** Shows it within an element; `nonce` is that of the page's policy. */
  mountLaboratory(
    element: HTMLElement,
    options: LaboratoryLook & { nonce: string },
  ): { show(look: LaboratoryLook): void; close(): void };
}

const ADDRESS = '/lab/lab.js';

/**
 * Loads the laboratory from the server. It is a program of its own, with databases of its own in memory: no part of the
 * terminal's, so that nothing of the terminal can be reached from it by mistake.
 */
export const loadLaboratory = (): Promise<LaboratoryProgram> =>
  import(/* @vite-ignore */ ADDRESS) as Promise<LaboratoryProgram>;
