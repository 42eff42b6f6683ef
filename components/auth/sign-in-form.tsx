'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { withBase } from '@/lib/client/base-path';
import { rememberZone } from '@/lib/client/preferences';
import { alsoSignIn, type SignInOutcome, signIn } from '@/lib/client/session';
import type { SignInForm as Form, SignInCluster } from '@/lib/contract/session';
import { PasswordForm } from './password-form';
import { SecondFactorForm } from './second-factor-form';
import { outcomeWords } from './sign-in-words';

type Props = {
  clusters: readonly SignInCluster[];
  /** The address first asked for, without the base path. */
  next: string;
  /** A session is open already and gets one more cluster. */
  also: boolean;
};

type Step =
  | { name: 'password'; problem: string | null }
  | {
      name: 'factor';
      id: string;
      kinds: readonly string[];
      cluster: SignInCluster;
      user: string;
      refused: boolean;
      problem: string | null;
    };

/** Signing in, in one step or two; leads to the address first asked for. */
export function SignInForm({ clusters, next, also }: Props) {
  const router = useRouter();
  const [step, setStep] = useState<Step>({ name: 'password', problem: null });
  const [busy, setBusy] = useState(false);
  // So that the first page after this one is written in the viewer's zone at once.
  useEffect(() => rememberZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);

  async function attempt(form: Form): Promise<SignInOutcome> {
    setBusy(true);
    const outcome = await (also ? alsoSignIn(form) : signIn(form)).catch((): SignInOutcome => ({ kind: 'failed' }));
    if (outcome.kind !== 'in') setBusy(false);
    // A whole page load: the server draws it with the new session.
    else if (also) {
      router.push('/tasks');
      router.refresh();
    } else window.location.assign(withBase(next));
    return outcome;
  }

  const wordsOf = (outcome: SignInOutcome, cluster: SignInCluster) =>
    outcomeWords(outcome, cluster.name, clusters.length > 1);

  if (step.name === 'factor') {
    return (
      <SecondFactorForm
        key={step.id}
        {...step}
        busy={busy}
        onBack={() => setStep({ name: 'password', problem: null })}
        onCode={async (kind, code) => {
          const form = { cluster: step.cluster.id, tfa_id: step.id, tfa_kind: kind, tfa_code: code };
          const outcome = await attempt(form);
          if (outcome.kind === 'expired') setStep({ name: 'password', problem: wordsOf(outcome, step.cluster) });
          else {
            const refused = outcome.kind === 'refused';
            setStep({ ...step, refused, problem: refused ? null : wordsOf(outcome, step.cluster) });
          }
        }}
      />
    );
  }
  return (
    <PasswordForm
      clusters={clusters}
      also={also}
      busy={busy}
      problem={step.problem}
      onPassword={async ({ cluster, realm, username, password }) => {
        const outcome = await attempt({ cluster: cluster.id, realm, username, password });
        if (outcome.kind === 'tfa') {
          const { id, kinds } = outcome;
          setStep({ name: 'factor', id, kinds, cluster, user: `${username}@${realm}`, refused: false, problem: null });
        } else {
          setStep({ name: 'password', problem: wordsOf(outcome, cluster) });
        }
      }}
    />
  );
}
