import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/*
 * Default deny: a text is a pseudonym unless its field is known to say nothing of a person. The key is made for one export
 * and kept nowhere: within a file the same value has the same pseudonym, and nobody can compute it again, or compare two files.
 */

/** Fields whose text stays: goods, times, kinds, codes of the product itself. */
const PLAIN = new Set(
  [
    'kind page op message method path collection context code service status result unit equality errorCode trigger',
    'type description barcode cabys taxCode situation issuedAt issuedBefore businessDate currency documentType fiscalDeadline',
    'updatedAt openedAt closedAt at decidedAt offlineValidUntil exportedAt format role timeZone branch consecutive',
    'identificationType collectionName field flags step stage by permission',
  ].flatMap((line) => line.split(' ')),
);

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const WHOLE_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** `clients:UUID`, and with the edit behind it: keys of records. */
const RECORD_KEY = /^\w+(:[0-9a-f-]{36}){1,2}$/;
/** A text that is longer than this keeps its length: that it was too long may be the very case. */
const LONG = 60;

const WORDS: Readonly<Record<string, string>> = {
  name: 'Nombre',
  displayName: 'Nombre',
  title: 'Nombre',
  legalName: 'Razón',
};

export interface Pseudonyms {
  /** The value with every text in it replaced that might speak of a person. */
  of<T>(value: T): T;
}

/** `key`: random, of this export only. */
export function createPseudonyms(key: string): Pseudonyms {
  const hash = (kind: string, text: string): string =>
    bytesToHex(hmac(sha256, utf8ToBytes(key), utf8ToBytes(`${kind}\n${text}`)));

  const uuid = (text: string): string => {
    const hex = hash('id', text);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  };

  /** Each digit becomes a digit, each letter a letter; what is neither stays, so a wrong form stays wrong. */
  const sameForm = (kind: string, text: string): string => {
    const stream = hash(kind, text).repeat(Math.ceil(text.length / 32));
    return Array.from(text, (character, index) => {
      const value = Number.parseInt(stream.slice(index * 2, index * 2 + 2), 16);
      if (/\d/.test(character)) return String(value % 10);
      if (/\p{Lu}/u.test(character)) return String.fromCharCode(65 + (value % 26));
      if (/\p{L}/u.test(character)) return String.fromCharCode(97 + (value % 26));
      return character;
    }).join('');
  };

  /** Stands within a clave too, there with zeros before it. */
  const issuer = (text: string): string => {
    const digits = text.replace(/^0+/, '');
    return sameForm('issuer', digits).replace(/^0/, '1').padStart(text.length, '0');
  };
  const clave = (text: string): string =>
    /^\d{50}$/.test(text)
      ? `${text.slice(0, 9)}${issuer(text.slice(9, 21))}${text.slice(21, 42)}${sameForm('code', text.slice(42))}`
      : sameForm('number', text);

  const words = (field: string, text: string): string => {
    const pseudonym = `${WORDS[field] ?? 'Texto'} ${hash('words', text).slice(0, 8)}`;
    return text.length > LONG ? pseudonym.padEnd(text.length, '.') : pseudonym;
  };

  const textOf = (field: string, text: string): string => {
    if (text.trim() === '') return text;
    if (WHOLE_UUID.test(text)) return uuid(text);
    if (RECORD_KEY.test(text)) return text.replaceAll(UUID, uuid);
    if (PLAIN.has(field)) return text.replaceAll(UUID, uuid);
    switch (field) {
      case 'userName':
        return `usuario-${hash('user', text.trim().toLowerCase()).slice(0, 8)}`;
      case 'email':
        return text.includes('@')
          ? `correo-${hash('email', text).slice(0, 8)}@ejemplo.invalid`
          : words(field, text);
      case 'identification':
      case 'phone':
        return sameForm(field, text);
      case 'reference':
        return sameForm('card', text);
      case 'issuerId':
        return issuer(text);
      case 'clave':
      case 'number':
        return clave(text);
      case 'hash':
      case 'prev':
        /* A real hash would let somebody try names until one fits. */
        return /^[0-9a-f]{64}$/.test(text) ? hash('chain', text) : words(field, text);
      case 'signature':
      case 'proof':
        /* Over what is replaced here: they fit nothing any more, and something else would not have their form. */
        return '';
      default:
        return words(field, text);
    }
  };

  /** Short words of the program among the arguments of a call: units, directions, kinds of events. */
  const isProgramWord = (text: string): boolean =>
    /^(clients|products|users|invoices|movements|stock|shifts|all)$/.test(text);

  const walk = (field: string, value: unknown): unknown => {
    if (typeof value === 'string') {
      return field === 'args' && isProgramWord(value) ? value : textOf(field, value);
    }
    if (Array.isArray(value)) return value.map((item) => walk(field, item));
    if (typeof value !== 'object' || value === null) return value;
    /* What a conflict or an edit says of a field is a value of that field. */
    const named = (value as { field?: unknown }).field;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const isValue = typeof named === 'string' && ['base', 'mine', 'theirs'].includes(key);
        return [key, walk(isValue ? named : key, inner)];
      }),
    );
  };
  return { of: <T>(value: T): T => walk('', value) as T };
}
