import type { Response } from 'express';

/** Sends JSON that is there in pieces, without putting them together first: a page is copied once less. */
export function sendPieces(response: Response, pieces: readonly Uint8Array[]): void {
  const length = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  response.type('application/json').set('content-length', String(length));
  for (const piece of pieces) response.write(piece);
  response.end();
}
