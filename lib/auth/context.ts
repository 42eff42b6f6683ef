import 'server-only';
import type { App } from '@/lib/boot';
import { AppError } from '@/lib/domain/errors';
import type { Context } from '@/lib/services/context';
import { notSignedIn, readersOf, sessionHolder, watched } from '@/lib/services/rights/credentials';
import { lookAround, type Sight, viewOf } from '@/lib/services/rights/viewer';
import { inLine } from '@/lib/services/sign-in/line';
import type { Session } from '@/lib/services/sign-in/ticket-vault';

/** The context of a request, with the browser session it came by; null for an API token. */
export type AppContext = Context & { readonly session: Session | null };

/** What is known of a request before anybody is. */
export type Visitor = { requestId: string; signal: AbortSignal };

/** A session's context. Throws `signed_out` when its last ticket turned out to be dead. */
export async function sessionContext(app: App, session: Session, visitor: Visitor): Promise<AppContext> {
  const look = ({ id, users }: Session): Promise<Sight> => {
    const seats = app.config.clusters.map((cluster) => ({
      id: cluster.id,
      name: cluster.name,
      identity: users.get(cluster.id),
      aclPaths: app.collector.aclPaths(cluster.id),
    }));
    return lookAround(seats, async (seat) => {
      const credentials = app.vault.credentials(id, seat.id);
      const pve = credentials && app.clusters.get(seat.id)?.as(credentials);
      if (!pve || !seat.identity) return { standing: null, failure: notSignedIn(seat.name) };
      return app.rights.of(sessionHolder(pve, seat.identity));
    });
  };
  let sight = await look(session);
  const open = alive(app, session.id); // reading rights may have found the last ticket dead
  return {
    ...visitor,
    ...common(app),
    signal: AbortSignal.any([visitor.signal, open.ended, app.stopping]),
    session: open,
    get viewer() {
      return sight.viewer;
    },
    get failures() {
      return sight.failures;
    },
    clusters: app.config.clusters.map(({ id, name }) => ({ id, name })),
    pve(id) {
      const cluster = app.clusters.get(id);
      const credentials = app.vault.credentials(session.id, id);
      if (!cluster || !credentials) throw notSignedIn(cluster?.name ?? id);
      const identity = open.users.get(id) ?? '';
      return watched(cluster.as(credentials), cluster.name, () => app.rights.doubt(id, `user ${identity}`));
    },
    async refresh() {
      sight = await look(alive(app, session.id));
      return sight.viewer;
    },
  };
}

/** An API token's context: it sees its cluster alone. Throws `signed_out`, `throttled` or `cluster_unreachable`. */
export async function tokenContext(
  app: App,
  token: { cluster: string; text: string; address: string },
  visitor: Visitor,
): Promise<AppContext> {
  const cluster = app.clusters.get(token.cluster);
  if (!cluster)
    throw new AppError('bad_request', `X-Cluster names no configured cluster: ${JSON.stringify(token.cluster)}.`);
  const pve = cluster.as({ kind: 'token', token: token.text });
  const look = async () => {
    const accepted = await app.tokens.accept({ ...token, readers: (line) => readersOf(inLine(pve, line)) });
    const view = viewOf(accepted.identity, accepted.standing, app.collector.aclPaths(cluster.id));
    return { key: accepted.key, viewer: { clusters: new Map([[cluster.id, view]]) } };
  };
  let seen = await look();
  return {
    ...visitor,
    ...common(app),
    signal: AbortSignal.any([visitor.signal, app.stopping]),
    session: null,
    get viewer() {
      return seen.viewer;
    },
    failures: [],
    clusters: [{ id: cluster.id, name: cluster.name }],
    pve(id) {
      if (id !== cluster.id) throw notSignedIn(id);
      return watched(pve, cluster.name, () => app.rights.doubt(id, seen.key));
    },
    async refresh() {
      seen = await look();
      return seen.viewer;
    },
  };
}

const common = (app: App) => ({
  archive: app.archive,
  collector: app.collector,
  tails: app.tails,
  changes: app.changes,
  basePath: app.config.basePath,
  actions: { stop: app.config.actions.stop },
  now: Date.now,
});

function alive(app: App, id: string): Session {
  const session = app.vault.find(id, { touch: false });
  if (!session) throw new AppError('signed_out', 'Your session has ended. Sign in again.');
  return session;
}
