/** Check digit of the digits before it: weights 3 and 1 from the right, to the next ten. */
export function gtinCheckDigit(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = body.charCodeAt(body.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit * 3 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** A GTIN of 8, 12, 13 or 14 digits whose last digit is right. */
export const isValidGtin = (digits: string): boolean =>
  /^(\d{8}|\d{12,14})$/.test(digits) &&
  gtinCheckDigit(digits.slice(0, -1)) === digits.charCodeAt(digits.length - 1) - 48;
