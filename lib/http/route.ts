import 'server-only';
import { refuseForeignOrigin } from '@/lib/auth/origin';
import { requestContext } from '@/lib/auth/session';
import { ready } from '@/lib/boot';
import { log } from '@/lib/log';
import { makeRoutes } from './make-route';

/** The routes of this process: sessions from its vault, its own Origin, its log. */
export const { route, rawRoute, foreignRoute } = makeRoutes({
  context: requestContext,
  refuseForeign: async (request) => refuseForeignOrigin(request, (await ready()).config),
  log,
});
