import { Buffer } from 'node:buffer';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';

/* Requests and answers of Node's HTTP, as far as Express asks for them; nothing is ever sent anywhere. */

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
export const STATUS_CODES: Record<number, string> = {};

class Socket extends EventEmitter {
  readonly remoteAddress = '127.0.0.1';
  readonly encrypted = false;
  readonly writable = true;
  readonly readable = true;
  destroy(): void {}
}

export interface RequestParts {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload: string | undefined;
}

export class IncomingMessage extends Readable {
  readonly method: string;
  url: string;
  readonly headers: Record<string, string>;
  readonly httpVersion = '1.1';
  readonly httpVersionMajor = 1;
  readonly httpVersionMinor = 1;
  readonly socket = new Socket();
  readonly connection = this.socket;
  complete = false;
  #payload: Buffer | null;

  constructor({ method, url, headers, payload }: RequestParts) {
    super();
    this.method = method;
    this.url = url;
    this.#payload = payload === undefined ? null : Buffer.from(payload);
    const length = this.#payload === null ? {} : { 'content-length': `${this.#payload.length}` };
    this.headers = { host: 'world', ...length, ...headers };
  }

  override _read(): void {
    const payload = this.#payload;
    this.#payload = null;
    if (payload !== null) this.push(payload);
    else {
      this.complete = true;
      this.push(null);
    }
  }
}

type Value = string | number | readonly string[];

export class ServerResponse extends EventEmitter {
  statusCode = 200;
  statusMessage = '';
  headersSent = false;
  finished = false;
  readonly socket = new Socket();
  readonly connection = this.socket;
  readonly chunks: Uint8Array[] = [];
  readonly #headers = new Map<string, Value>();

  constructor(readonly req: IncomingMessage) {
    super();
  }

  get writableEnded(): boolean {
    return this.finished;
  }

  setHeader(name: string, value: Value): this {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }
  getHeader(name: string): Value | undefined {
    return this.#headers.get(name.toLowerCase());
  }
  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase());
  }
  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase());
  }
  getHeaderNames(): string[] {
    return [...this.#headers.keys()];
  }
  getHeaders(): Record<string, string | string[]> {
    return Object.fromEntries(
      [...this.#headers].map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(String) : String(value),
      ]),
    );
  }

  writeHead(status: number): this {
    this.statusCode = status;
    this.headersSent = true;
    return this;
  }
  write(chunk: string | Uint8Array, encoding?: unknown): boolean {
    this.headersSent = true;
    const spelt = typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8';
    this.chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, spelt) : chunk);
    return true;
  }
  end(chunk?: string | Uint8Array | null, encoding?: unknown): this {
    if (this.finished) return this;
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    this.headersSent = true;
    this.finished = true;
    queueMicrotask(() => this.emit('finish'));
    return this;
  }
}

export const createServer = (): never => {
  throw new Error('nothing listens here');
};
export class Agent {}
export default { METHODS, STATUS_CODES, IncomingMessage, ServerResponse, createServer, Agent };
