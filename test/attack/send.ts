import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { Attack } from './generator';

export interface Answer {
  /** 0: the connection ended without an answer. */
  status: number;
  contentType: string;
  retryAfter: string;
  body: string;
}

const NONE: Answer = { status: 0, contentType: '', retryAfter: '', body: '' };

/** Sends attacks over connections that are kept. What node will not put into a request goes over `sendRaw`. */
export function createSender(port: number): {
  send(attack: Attack): Promise<Answer>;
  close(): void;
} {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const send = (attack: Attack, isAgain = false): Promise<Answer> =>
    new Promise((resolve) => {
      const { method, path, headers, body } = attack;
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          agent,
          method,
          path,
          headers: {
            ...headers,
            ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
          },
          timeout: 30_000,
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', () => resolve(NONE));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              contentType: String(response.headers['content-type'] ?? ''),
              retryAfter: String(response.headers['retry-after'] ?? ''),
              body: Buffer.concat(parts).toString('utf8'),
            }),
          );
        },
      );
      sent.on('timeout', () => sent.destroy());
      /* A kept connection may end just when it is used again, as both sides may end it: once more, over another one. */
      sent.on('error', () => resolve(sent.reusedSocket && !isAgain ? send(attack, true) : NONE));
      sent.end(body);
    });
  return { send: (attack) => send(attack), close: () => agent.destroy() };
}

/** What no client would say: bytes on a bare socket, until the server ends it. Half of a request is given up after a while. */
export const sendRaw = (port: number, text: string): Promise<Answer> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let said = '';
    const done = (): void => {
      socket.destroy();
      const [head = '', body = ''] = said.split('\r\n\r\n');
      const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0),
        contentType: header('content-type').trim(),
        retryAfter: header('retry-after').trim(),
        body,
      });
    };
    socket.setTimeout(500, done);
    socket.on('data', (part) => {
      said += part.toString('latin1');
    });
    socket.on('end', done);
    socket.on('error', done);
  });

const line = (text: string): string => `${text}\r\nhost: x\r\n\r\n`;

/** Requests that are no HTTP, or only just. */
export const RAW: readonly string[] = [
  'hola\r\n\r\n',
  '\u0000\u0001\u0002\r\n\r\n',
  line('GET /api/sync/status HTTP/9.9'),
  line('GET  /  HTTP/1.1'),
  line('GET /\u0000 HTTP/1.1'),
  line('CONNECT evil.example:443 HTTP/1.1'),
  line('GET http://evil.example/ HTTP/1.1'),
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n',
  `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
  'POST /api/sync/clients HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /api/sync/clients HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
  'POST /api/sync/clients HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\ncontent-length: 8\r\n\r\n',
  'POST /api/sync/clients HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n',
  'POST /api/session HTTP/1.1\r\nhost: x\r\nx-mostrador-protocol: 1\r\ncontent-length: 100\r\n\r\n{"half":',
];
