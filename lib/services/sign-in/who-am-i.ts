import type { SessionAnswer } from '@/lib/contract/session';
import { isoTime, secondOf } from '@/lib/domain/time';
import type { Context } from '@/lib/services/context';
import type { Session } from './ticket-vault';

/** Who the viewer is in each cluster they could be signed in to; an API token has no session and no end. */
export function whoAmI(ctx: Context & { session: Session | null }): SessionAnswer {
  const { session } = ctx;
  const clusters = ctx.clusters.map(({ id, name }) => {
    const user = session ? session.users.get(id) : ctx.viewer.clusters.get(id)?.identity;
    return { id, name, signed_in: user !== undefined, user: user ?? null };
  });
  return { clusters, expires_at: session ? isoTime(secondOf(session.expiresAt)) : null };
}
