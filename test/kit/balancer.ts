import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A balancer of loopback: each request goes to the next of the ports that it is given. */
export async function startBalancer(ports: number[]): Promise<{
  url: string;
  /** To which requests go; may be changed at any time. */
  ports: number[];
  stop(): Promise<void>;
}> {
  let turn = 0;
  const balancer = {
    url: '',
    ports,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    const port = balancer.ports[turn++ % balancer.ports.length] ?? 0;
    const { method, url: path, headers } = request;
    const asked = ask({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    asked.on('error', () => response.writeHead(502).end());
    request.pipe(asked);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  balancer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return balancer;
}
