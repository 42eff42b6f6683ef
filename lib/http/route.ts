import 'server-only';
import { app } from '@/lib/boot';
import { requestContext } from '@/lib/auth/session';
import { refuseForeignOrigin } from '@/lib/auth/origin';
import { makeRoutes } from './make-route';

/** The routes of this process: sessions from its vault, its own Origin, its log. */
export const { route, rawRoute } = makeRoutes({
  context: requestContext,
  refuseForeign: (request) => refuseForeignOrigin(request, app().config),
  log: { error: (facts, message) => app().log.error(facts, message) },
});
