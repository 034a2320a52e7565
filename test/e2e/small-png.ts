import { deflateSync, inflateSync } from 'node:zlib';

/*
 * Screens have few colours, and PNG can say so: a palette of at most 256 colours makes a picture about a third as
 * large. Reads what Chromium writes (8 bits, RGB or RGBA, not interlaced).
 */

interface Pixels {
  width: number;
  height: number;
  /** Three bytes a pixel. */
  rgb: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Undoes the filter of one row, in place; `above` is the row before it, without its filter. */
function unfilter(type: number, row: Uint8Array, above: Uint8Array, step: number): void {
  for (let i = 0; i < row.length; i++) {
    const left = i >= step ? (row[i - step] ?? 0) : 0;
    const up = above[i] ?? 0;
    const corner = i >= step ? (above[i - step] ?? 0) : 0;
    const value = row[i] ?? 0;
    if (type === 1) row[i] = value + left;
    else if (type === 2) row[i] = value + up;
    else if (type === 3) row[i] = value + ((left + up) >> 1);
    else if (type === 4) {
      const guess = left + up - corner;
      const [a, b, c] = [left, up, corner].map((side) => Math.abs(guess - side)) as [
        number,
        number,
        number,
      ];
      row[i] = value + (a <= b && a <= c ? left : b <= c ? up : corner);
    }
  }
}

function decode(png: Buffer): Pixels {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const colorType = png[25];
  if (png[24] !== 8 || (colorType !== 2 && colorType !== 6) || png[28] !== 0) {
    throw new Error('not a PNG as Chromium writes it');
  }
  const step = colorType === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(png.subarray(at + 8, at + 8 + size));
    }
    at += size + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const rgb = new Uint8Array(width * height * 3);
  let above = new Uint8Array(width * step);
  for (let y = 0; y < height; y++) {
    const start = y * (width * step + 1);
    const row = new Uint8Array(raw.subarray(start + 1, start + 1 + width * step));
    unfilter(raw[start] ?? 0, row, above, step);
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) rgb[(y * width + x) * 3 + c] = row[x * step + c] ?? 0;
    }
    above = row;
  }
  return { width, height, rgb };
}

/** The colours that occur most, at most 256; shades that differ by less than anybody sees count as one. */
function palette({ rgb }: Pixels): { colors: number[]; indexOf: (color: number) => number } {
  const counts = new Map<number, number>();
  for (let i = 0; i < rgb.length; i += 3) {
    const color = ((rgb[i] ?? 0) << 16) | ((rgb[i + 1] ?? 0) << 8) | (rgb[i + 2] ?? 0);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([color]) => color);
  const distance = (a: number, b: number): number =>
    [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
  const colors: number[] = [];
  for (const color of ranked) {
    if (colors.length === 256) break;
    if (colors.every((known) => distance(known, color) > 60)) colors.push(color);
  }
  const nearest = new Map<number, number>();
  const indexOf = (color: number): number => {
    const known = nearest.get(color);
    if (known !== undefined) return known;
    let best = 0;
    for (let i = 1; i < colors.length; i++) {
      if (distance(colors[i] ?? 0, color) < distance(colors[best] ?? 0, color)) best = i;
    }
    nearest.set(color, best);
    return best;
  };
  return { colors, indexOf };
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let k = 0; k < 8; k++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc(body));
  return Buffer.concat([head, body, tail]);
}

/** The same picture with a palette. */
export function smallPng(png: Buffer): Buffer {
  const pixels = decode(png);
  const { width, height, rgb } = pixels;
  const { colors, indexOf } = palette(pixels);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 3;
      const color = ((rgb[i] ?? 0) << 16) | ((rgb[i + 1] ?? 0) << 8) | (rgb[i + 2] ?? 0);
      rows[y * (width + 1) + 1 + x] = indexOf(color);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(colors.flatMap((c) => [(c >> 16) & 255, (c >> 8) & 255, c & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
