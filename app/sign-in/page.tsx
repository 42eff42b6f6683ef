import type { Metadata, Route } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/auth/sign-in-form';
import { SignInFrame } from '@/components/auth/sign-in-frame';
import { landingPath } from '@/lib/auth/callback-url';
import { sessionOf } from '@/lib/auth/session';
import { ready } from '@/lib/boot';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Signing in, or `?also=<cluster>`: adding a cluster to the session that is open. */
export default async function SignInPage({ searchParams }: Props) {
  const { callbackUrl, also } = await searchParams;
  const next = landingPath(typeof callbackUrl === 'string' ? callbackUrl : null);
  const app = await ready();
  const session = await sessionOf(app, await headers(), { touch: false });
  const clusters = await app.realms.list();
  const more = session ? clusters.filter(({ id }) => id === also && !session.users.has(id)) : [];
  if (session && more.length === 0) redirect(next === '/' ? '/tasks' : (next as Route)); // an address of ours: `landingPath` saw to it
  return (
    <SignInFrame>
      <SignInForm clusters={session ? more : clusters} next={next} also={session !== undefined} />
    </SignInFrame>
  );
}
