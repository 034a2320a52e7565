import { readFileSync } from 'node:fs';
import { type RequestHandler, Router } from 'express';

/** How the server is reached by HTTPS; null while it is not. */
export interface HttpsSettings {
  /** Certificate of the authority that terminals have to trust, or null where it is not of our making. */
  authorityFile: string | null;
  /** Whether other machines are still served by plain HTTP. */
  servesPlainLan: boolean;
}

export const AUTHORITY_PATH = '/mostrador-ca.crt';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/**
 * Once there is a certificate, other machines are sent to HTTPS: over plain HTTP browsers give a terminal no service
 * worker and no promise to keep its data. This machine itself is served either way, since `localhost` is trusted anyhow.
 * The authority's certificate is there to be fetched before it is trusted; its fingerprint is printed to be compared.
 */
export function requireHttps({ authorityFile, servesPlainLan }: HttpsSettings): Router {
  const routes = Router();
  if (authorityFile !== null) {
    routes.get(AUTHORITY_PATH, (_request, response) => {
      response
        .type('application/x-x509-ca-cert')
        .setHeader('cache-control', 'no-store')
        .send(readFileSync(authorityFile));
    });
  }
  const redirect: RequestHandler = (request, response, next) => {
    const isLoopback = LOOPBACK.test(request.socket.remoteAddress ?? '');
    if (request.secure || isLoopback || servesPlainLan) return next();
    response.redirect(308, `https://${request.headers.host ?? ''}${request.originalUrl}`);
  };
  routes.use(redirect);
  return routes;
}
