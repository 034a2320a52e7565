/** Tens of digits with a space between: fifty in a row are read aloud by nobody. */
export const groupDigits = (text: string): string => text.replaceAll(/(\d{10})(?=\d)/g, '$1 ');
