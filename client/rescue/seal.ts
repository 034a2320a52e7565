import { gcm } from '@noble/ciphers/aes.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { argon2id } from 'hash-wasm';
import { validate } from '../../schemas/validate';
import { AppError } from '../../shared/errors/app-error';
import {
  RESCUE_VERSION,
  type RescueContent,
  type RescueFacts,
  type RescueFile,
  type RescueKdf,
  rescueChecksum,
  rescueContentSchema,
  sealedOver,
} from '../../shared/rescue/rescue-file';
import { fromBase64, toBase64 } from './base64';

/*
 * The cipher is JavaScript, not WebCrypto: a desk over plain http on a LAN has none, and that is just where a terminal
 * may have to be rescued.
 */

/** OWASP's second choice, as for passwords; the key itself is random (80 bits), so this is a second wall, not the first. */
const COST = { memoryKiB: 19 * 1024, passes: 2 } as const;
const AES_BYTES = 32;
const NONCE_BYTES = 12;
/** Digits of a key: 24 are 80 bits, and can be read out on the telephone in any language. */
const KEY_DIGITS = 24;
const SALT_DIGITS = 32;

/** Keys are typed by people: spaces and hyphens do not matter. */
const plainKey = (key: string): string => key.replaceAll(/[\s-]/g, '');

/** `123412341234...` as it is shown and written down: groups of four. */
const inGroups = (digits: string): string => digits.match(/.{1,4}/g)?.join(' ') ?? digits;

/** Every file has a key and a salt of its own, so that a nonce which follows from them is used once. */
async function derive(
  key: string,
  kdf: RescueKdf,
): Promise<{ aes: Uint8Array; nonce: Uint8Array }> {
  const bytes = await argon2id({
    password: plainKey(key),
    salt: utf8ToBytes(kdf.salt),
    parallelism: 1,
    iterations: kdf.passes,
    memorySize: kdf.memoryKiB,
    hashLength: AES_BYTES + NONCE_BYTES,
    outputType: 'binary',
  });
  return { aes: bytes.slice(0, AES_BYTES), nonce: bytes.slice(AES_BYTES) };
}

/** Seals what is pending under a new random key, which is returned and kept nowhere. `digits` are random. */
export async function sealRescue(
  { facts, content }: { facts: RescueFacts; content: RescueContent },
  digits: (length: number) => string,
): Promise<{ file: RescueFile; key: string }> {
  const key = digits(KEY_DIGITS);
  const kdf: RescueKdf = { name: 'argon2id', salt: digits(SALT_DIGITS), ...COST };
  const { aes, nonce } = await derive(key, kdf);
  const plain = utf8ToBytes(JSON.stringify(content));
  const sealed = toBase64(gcm(aes, nonce, sealedOver({ facts, kdf })).encrypt(plain));
  const file: RescueFile = {
    format: 'mostrador-rescue',
    version: RESCUE_VERSION,
    facts,
    kdf,
    sealed,
    checksum: '',
  };
  return { file: { ...file, checksum: rescueChecksum(file) }, key: inGroups(key) };
}

/** Opens a file that is whole. RESCUE_WRONG_KEY, also where its facts were altered; RESCUE_DAMAGED for another content. */
export async function openRescue(file: RescueFile, key: string): Promise<RescueContent> {
  if (plainKey(key).length !== KEY_DIGITS) throw new AppError('RESCUE_WRONG_KEY');
  const { aes, nonce } = await derive(key, file.kdf);
  let text: string;
  try {
    const plain = gcm(aes, nonce, sealedOver(file)).decrypt(fromBase64(file.sealed));
    text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (cause) {
    throw new AppError('RESCUE_WRONG_KEY', {}, { cause });
  }
  const content = validate<RescueContent>(rescueContentSchema, JSON.parse(text));
  if (!content.ok) throw new AppError('RESCUE_DAMAGED', { path: content.path });
  return content.value;
}
