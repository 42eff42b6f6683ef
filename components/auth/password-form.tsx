'use client';

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { buttonClass } from '@/components/ui/button';
import type { SignInCluster } from '@/lib/contract/session';
import { Field, INPUT } from './field';
import { Problem } from './problem';

type Password = { cluster: SignInCluster; realm: string; username: string; password: string };

type Props = {
  clusters: readonly SignInCluster[];
  also: boolean;
  busy: boolean;
  problem: string | null;
  onPassword: (form: Password) => void;
};

const usable = (cluster: SignInCluster | undefined) => cluster?.realms.filter((realm) => realm.unusable === null) ?? [];

/** The first step: cluster, user, realm, password. */
export function PasswordForm({ clusters, also, busy, problem, onPassword }: Props) {
  const [chosen, setChosen] = useState(() => clusters.find(({ away }) => !away)?.id ?? clusters[0]?.id ?? '');
  const [realms, setRealms] = useState<Readonly<Record<string, string>>>({});
  const [username, setUsername] = useState('');
  const problemId = useId();
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (problem && !busy) secret.current?.select();
  }, [problem, busy]);
  const cluster = clusters.find(({ id }) => id === chosen);
  const realm = realms[chosen] ?? usable(cluster)[0]?.realm ?? '';
  // One may also write the realm as Proxmox does everywhere else: user@realm.
  const typed = usable(cluster).find((one) => username.endsWith(`@${one.realm}`));
  const unusable = cluster?.realms.filter((one) => one.unusable !== null) ?? [];

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    if (busy || !cluster || typeof password !== 'string') return;
    const name = typed ? username.slice(0, -typed.realm.length - 1) : username;
    onPassword({ cluster, realm: typed?.realm ?? realm, username: name.trim(), password });
  }

  return (
    <form onSubmit={submit} aria-describedby={problem ? problemId : undefined}>
      <h1 className="mt-6 mb-5 text-20 font-semibold tracking-title">
        {also ? `Sign in to ${cluster?.name ?? 'a cluster'} too` : 'Sign in'}
      </h1>
      {clusters.length > 1 && (
        <Field label="Cluster">
          {(id) => (
            <select id={id} value={chosen} onChange={(event) => setChosen(event.target.value)} className={INPUT}>
              {clusters.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                  {one.away ? ', does not answer' : ''}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label="User">
        {(id) => (
          <input
            id={id}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            // biome-ignore lint/a11y/noAutofocus: the page is this form
            autoFocus
            className={INPUT}
          />
        )}
      </Field>
      <Field label="Realm">
        {(id) => (
          <select
            id={id}
            value={typed?.realm ?? realm}
            disabled={usable(cluster).length === 0}
            onChange={(event) => setRealms({ ...realms, [chosen]: event.target.value })}
            className={INPUT}
          >
            {cluster?.realms.map((one) => (
              <option key={one.realm} value={one.realm} disabled={one.unusable !== null}>
                {one.comment ?? one.realm}
                {one.comment ? ` (${one.realm})` : ''}
                {one.unusable === null ? '' : ', not usable here'}
              </option>
            ))}
          </select>
        )}
      </Field>
      {unusable.map((one) => (
        <p key={one.realm} className="-mt-1.5 mb-3.5 text-12 leading-4.5 text-ink-3">
          {one.realm}: {one.unusable}
        </p>
      ))}
      <Field label="Password">
        {(id) => (
          <input
            ref={secret}
            id={id}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            className={INPUT}
          />
        )}
      </Field>
      {problem && <Problem id={problemId}>{problem}</Problem>}
      {!problem && cluster?.away && (
        <Problem id={problemId}>
          {clusters.length > 1
            ? `${cluster.name} does not answer; choose another cluster.`
            : `${cluster.name} does not answer. Sign-in works again when it does.`}
        </Problem>
      )}
      <button type="submit" aria-disabled={busy} className={`${buttonClass('primary')} mt-1 h-9 w-full touch:h-10`}>
        {busy ? 'Asking Proxmox …' : 'Sign in'}
      </button>
    </form>
  );
}
