import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { ServerContext } from '../context';

/**
 * Default deny: nothing comes from elsewhere, no inline script, styles only under the page's nonce. WebAssembly is for
 * argon2id. HSTS only where the request came by HTTPS: on a plain LAN address it would lock the store out; and not for
 * `localhost`, where it would hold for every other program of that machine.
 */
export function securityHeaders({ ports }: ServerContext): RequestHandler {
  return (request, response, next) => {
    const nonce = ports.random(16).toString('base64');
    response.locals['nonce'] = nonce;
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
          styleSrc: ["'self'", `'nonce-${nonce}'`],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          workerSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity:
        request.secure && request.hostname !== 'localhost'
          ? { maxAge: 31_536_000, includeSubDomains: false }
          : false,
      crossOriginEmbedderPolicy: false,
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    })(request, response, next);
  };
}
