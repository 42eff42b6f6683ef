import 'server-only';
import { ready } from '@/lib/boot';
import type { AlsoSignedIn, SignInForm } from '@/lib/contract/session';
import { AppError } from '@/lib/domain/errors';
import type { Session } from '@/lib/services/sign-in/ticket-vault';
import { whoAmI } from '@/lib/services/sign-in/who-am-i';
import { type AppContext, sessionContext } from './context';
import { rememberBrowser, tryFrom } from './sign-in';

type SessionContext = AppContext & { session: Session };

/**
 * Signs the open session in to one more cluster. `setCookie` makes this browser a known one there. Throws `refused`,
 * `throttled`, `cluster_unreachable`, or `conflict` when the second factor came too late.
 */
export async function alsoSignIn(
  ctx: SessionContext,
  form: SignInForm,
  request: Request,
): Promise<{ answer: AlsoSignedIn; setCookie: string | null }> {
  const app = await ready();
  const outcome = await tryFrom(app, request, form);
  switch (outcome.kind) {
    case 'second_factor':
      return { answer: { state: 'second_factor', tfa_id: outcome.id, tfa_kinds: [...outcome.kinds] }, setCookie: null };
    case 'expired':
      throw new AppError('conflict', 'The second factor came too late. Begin again with the password.');
    case 'in': {
      await app.vault.add(ctx.session.id, outcome.cluster, outcome.ticket);
      return {
        answer: { state: 'signed_in', session: await whoIsNow(ctx) },
        setCookie: rememberBrowser(app, outcome.known),
      };
    }
  }
}

/** Signs out of one cluster; out of the last one ends the session. Throws `not_found` for one that is not configured. */
export async function signOutOf(ctx: SessionContext, cluster: string) {
  const app = await ready();
  if (!app.clusters.has(cluster)) throw new AppError('not_found', `No cluster is called ${JSON.stringify(cluster)}.`);
  await app.vault.leave(ctx.session.id, cluster);
  if (app.vault.find(ctx.session.id, { touch: false })) return whoIsNow(ctx);
  return { clusters: ctx.clusters.map((known) => ({ ...known, signed_in: false, user: null })), expires_at: null };
}

async function whoIsNow({ session, requestId, signal }: SessionContext) {
  return whoAmI(await sessionContext(await ready(), session, { requestId, signal }));
}
