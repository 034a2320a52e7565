import { Buffer } from 'node:buffer';
import { IncomingMessage, type RequestParts, ServerResponse } from './http';

/** light-my-request's call: a request to an application, and its whole answer. */
export default function inject(
  app: (request: IncomingMessage, response: ServerResponse) => void,
  { method, url, headers, payload }: RequestParts,
): Promise<{ statusCode: number; headers: Record<string, string | string[]>; payload: string }> {
  return new Promise((resolve) => {
    const request = new IncomingMessage({ method, url, headers, payload });
    const response = new ServerResponse(request);
    response.once('finish', () => {
      resolve({
        statusCode: response.statusCode,
        headers: response.getHeaders(),
        payload: Buffer.concat(response.chunks).toString('utf8'),
      });
    });
    app(request, response);
  });
}
