import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';

/** First byte of a TLS handshake; no HTTP request begins with it. */
const HANDSHAKE = 0x16;
/** A connection that says nothing is not kept. */
const SILENT_MS = 10_000;

/**
 * One port for both: a connection that begins with a handshake is HTTPS, any other is HTTP. So an address that somebody
 * typed without "https" leads to the redirection, and a browser that was told to use HTTPS only (HSTS keeps the port) finds it.
 */
export function twoProtocols(http: HttpServer, https: HttpsServer): Server & { drop(): void } {
  const silent = new Set<Socket>();
  const front = createServer((socket) => {
    silent.add(socket);
    socket.setTimeout(SILENT_MS, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.once('close', () => silent.delete(socket));
    socket.once('readable', () => {
      const start: Buffer | null = socket.read();
      if (start === null) return;
      silent.delete(socket);
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      socket.unshift(start);
      (start[0] === HANDSHAKE ? https : http).emit('connection', socket);
    });
  });
  /* They listen to no port themselves; told that they do, they watch over slow requests and know their connections. */
  for (const server of [http, https]) server.emit('listening');
  return Object.assign(front, {
    drop: () => {
      for (const socket of silent) socket.destroy();
    },
  });
}
