import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '../../shared/errors/app-error';
import type { ServerPorts } from '../ports';
import { problemOf } from './problem';

/** What could not be read as HTTP: answered like anything else that is not of the documented form, then hung up. */
export function answerBadHttp(
  server: Server,
  {
    ports,
    app,
  }: { ports: ServerPorts; app: (request: IncomingMessage, response: ServerResponse) => void },
): void {
  /* An `Expect` that node does not know is no reason for an answer of its own form. */
  server.on('checkExpectation', app);
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
      socket.destroy();
      return;
    }
    const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
    const problem = problemOf(
      new AppError(tooLarge ? 'BODY_TOO_LARGE' : 'BAD_REQUEST'),
      ports.ids.newId(),
    );
    const body = JSON.stringify(problem);
    socket.end(
      [
        `HTTP/1.1 ${problem.status} ${tooLarge ? 'Content Too Large' : 'Bad Request'}`,
        'content-type: application/problem+json; charset=utf-8',
        `content-length: ${Buffer.byteLength(body)}`,
        'cache-control: no-store',
        'x-content-type-options: nosniff',
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  });
}
