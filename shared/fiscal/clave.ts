export interface Clave {
  /** `YYYY-MM-DD`; the clave keeps two digits of the year. */
  businessDate: string;
  /** Digits of the issuer's identification, at most 12. */
  issuerId: string;
  consecutive: string;
  situation: '1' | '2' | '3';
  /** Eight digits. */
  securityCode: string;
}

const COUNTRY = '506';

/** The 50 digits: 506 + ddmmyy + issuer 12 + consecutive 20 + situation 1 + security code 8. */
export function formatClave(parts: Clave): string {
  const [year = '', month = '', day = ''] = parts.businessDate.split('-');
  return [
    COUNTRY,
    day,
    month,
    year.slice(2),
    parts.issuerId.padStart(12, '0'),
    parts.consecutive,
    parts.situation,
    parts.securityCode.padStart(8, '0'),
  ].join('');
}

/** The parts of a clave, the year in this century; null where the digits are none. */
export function parseClave(text: string): Clave | null {
  const match = /^506(\d{2})(\d{2})(\d{2})(\d{12})(\d{20})([123])(\d{8})$/.exec(text);
  if (match === null) return null;
  const [, day, month, year, issuerId, consecutive, situation, securityCode] = match;
  return {
    businessDate: `20${year}-${month}-${day}`,
    issuerId: issuerId ?? '',
    consecutive: consecutive ?? '',
    situation: situation as Clave['situation'],
    securityCode: securityCode ?? '',
  };
}
