import type { Owner } from '@/lib/archive/archive';
import { splitActor } from '@/lib/domain/upid';
import type { Context } from '@/lib/services/context';

/**
 * Who the viewer is where saved searches and history belong (product rule 4): once per cluster they are signed in to, in
 * the order of the configuration. A token is its user.
 */
export const ownersOf = (ctx: Pick<Context, 'viewer' | 'clusters'>): Owner[] =>
  ctx.clusters.flatMap(({ id: cluster }) => {
    const view = ctx.viewer.clusters.get(cluster);
    return view ? [{ cluster, user: splitActor(view.identity).user }] : [];
  });
