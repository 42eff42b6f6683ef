import { signOutOf } from '@/lib/auth/also-sign-in';
import { SessionAnswer, SessionCluster } from '@/lib/contract/session';
import { route } from '@/lib/http/route';

export const DELETE = route({
  who: 'session',
  input: SessionCluster,
  output: SessionAnswer,
  run: (ctx, { cluster }) => signOutOf(ctx, cluster),
});
