/** The terminal's code as the text of one expression, a `RealmCode`. */
export function terminalCode(options?: { minify?: boolean }): Promise<string>;
