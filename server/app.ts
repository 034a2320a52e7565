import express, { type Express, type RequestHandler } from 'express';
import { AppError } from '../shared/errors/app-error';
import { OLDEST_PROTOCOL, PROTOCOL_HEADER, PROTOCOL_VERSION } from '../shared/protocol/version';
import type { ServerContext } from './context';
import { ADMISSION_LIMITS, Admission } from './http/admission';
import { archiveRoutes, storeRoutes } from './http/archive-routes';
import { auditRoutes } from './http/audit-routes';
import { clientFiles } from './http/client-files';
import { fleetRoutes, reportRoutes } from './http/fleet-routes';
import { healthRoutes } from './http/health-routes';
import { importRoutes } from './http/import-routes';
import { leaving } from './http/leaving';
import { metricsRoute } from './http/metrics-route';
import { notFound, problemHandler } from './http/problem';
import { requestLog } from './http/request-log';
import { type HttpsSettings, requireHttps } from './http/require-https';
import { rescueRoutes } from './http/rescue-routes';
import { securityHeaders } from './http/security-headers';
import { sessionRoutes } from './http/session-routes';
import { setupRoutes } from './http/setup-routes';
import { syncRoutes } from './http/sync-routes';
import { terminalRoutes } from './http/terminal-routes';
import { userRoutes } from './http/user-routes';
import { verificationRoutes } from './http/verification-routes';

/** Every API request names the protocol: an old terminal learns that it is old, and a foreign page cannot send it. */
const protocol: RequestHandler = (request, response, next) => {
  response.setHeader(PROTOCOL_HEADER, String(PROTOCOL_VERSION));
  response.setHeader('cache-control', 'no-store');
  const spoken = Number(request.headers[PROTOCOL_HEADER]);
  /* Nodes are updated one after the other: a terminal that has been at a newer one may meet this one. */
  if (Number.isInteger(spoken) && spoken > PROTOCOL_VERSION) throw new AppError('SERVER_BEHIND');
  if (!Number.isInteger(spoken) || spoken < OLDEST_PROTOCOL) {
    throw new AppError('PROTOCOL_MISMATCH');
  }
  response.locals['protocol'] = spoken;
  next();
};

/**
 * The whole server as an Express application; it listens to nothing by itself. `https`: where it can be reached so. `soon`:
 * how the work of a sync is put off until others were heard (see Admission).
 */
export function createApp(
  context: ServerContext,
  https: HttpsSettings | null = null,
  soon?: (task: () => void) => void,
): Express {
  const limits = context.admission ?? ADMISSION_LIMITS;
  const admission = new Admission(limits, context.ports.clock, soon);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', context.trustProxy);
  app.set('query parser', 'simple');
  app.use(requestLog(context));
  app.use(securityHeaders(context));
  app.use(leaving(context));
  if (https !== null) app.use(requireHttps(https));
  app.use('/health', healthRoutes(context));
  app.use('/metrics', metricsRoute(context));
  app.use('/api', protocol);
  app.use('/api/setup', setupRoutes(context));
  app.use('/api/session', sessionRoutes(context));
  app.use('/api/terminals/self', reportRoutes(context));
  app.use('/api/terminals', terminalRoutes(context));
  app.use('/api/fleet', fleetRoutes(context));
  app.use('/api/sync', syncRoutes(context, admission));
  app.use('/api/imports', importRoutes(context));
  app.use('/api/rescues', rescueRoutes(context));
  app.use('/api/users', userRoutes(context));
  app.use('/api/verifications', verificationRoutes(context));
  app.use('/api/audit', auditRoutes(context));
  app.use('/api/archive', archiveRoutes(context));
  app.use('/api/store', storeRoutes(context));
  app.use('/api', notFound);
  app.use(clientFiles(context));
  app.use(notFound);
  app.use(problemHandler(context));
  return app;
}
