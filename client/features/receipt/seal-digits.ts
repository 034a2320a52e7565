/** How much of the hash stands on paper: its last digits, enough to find the document, short enough to be read aloud. */
export const SEAL_DIGITS = 12;
