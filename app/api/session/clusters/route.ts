import { alsoSignIn } from '@/lib/auth/also-sign-in';
import { AlsoSignedIn, SignInForm } from '@/lib/contract/session';
import { rawRoute } from '@/lib/http/route';

export const POST = rawRoute({
  who: 'session',
  input: SignInForm,
  output: AlsoSignedIn,
  async respond(ctx, form, request) {
    const { answer, setCookie } = await alsoSignIn(ctx, form, request);
    const headers = { 'cache-control': 'no-store', ...(setCookie === null ? {} : { 'set-cookie': setCookie }) };
    return Response.json(AlsoSignedIn.parse(answer), { headers });
  },
});
