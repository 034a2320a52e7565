/** Shortest and longest password that a person may have; the server and the screens ask the same rule. */
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 200;

/** Length is all that is asked for: rules about kinds of letters make people write passwords down. */
export const isGoodPassword = (password: string): boolean =>
  [...password.trim()].length >= PASSWORD_MIN && password.length <= PASSWORD_MAX;
