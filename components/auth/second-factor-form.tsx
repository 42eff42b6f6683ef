'use client';

import { useEffect, useId, useState } from 'react';
import { buttonClass } from '@/components/ui/button';
import type { SignInCluster, TfaKind } from '@/lib/contract/session';
import { CodeCells } from './code-cells';
import { INPUT } from './field';
import { Problem } from './problem';

const KINDS: readonly { kind: TfaKind; name: string; label: string; hint: string }[] = [
  {
    kind: 'totp',
    name: 'Code',
    label: 'Code from your authenticator',
    hint: 'Codes change every 30 seconds; after 8 wrong ones Proxmox locks this method.',
  },
  { kind: 'recovery', name: 'Recovery key', label: 'One of your recovery keys', hint: 'Each key works once.' },
  {
    kind: 'yubico',
    name: 'YubiKey',
    label: 'Touch your YubiKey',
    hint: 'After 8 wrong ones Proxmox locks this method.',
  },
];

type Props = {
  /** All kinds the user has, also those that do not work here. */
  kinds: readonly string[];
  cluster: SignInCluster;
  user: string;
  refused: boolean;
  problem: string | null;
  busy: boolean;
  onBack: () => void;
  onCode: (kind: TfaKind, code: string) => void;
};

/** The second step: one of the factors that are enrolled and work at this address. */
export function SecondFactorForm({ kinds, cluster, user, refused, problem, busy, onBack, onCode }: Props) {
  const offered = KINDS.filter(({ kind }) => kinds.includes(kind));
  const securityKey = kinds.includes('webauthn') || kinds.includes('u2f');
  const [kind, setKind] = useState(offered[0]?.kind);
  const [code, setCode] = useState('');
  const fieldId = useId();
  const problemId = useId();
  const chosen = offered.find((one) => one.kind === kind);
  useEffect(() => {
    if (!busy) document.getElementById(fieldId)?.focus();
  }, [busy, fieldId]);
  const told = refused ? `That code was not accepted. ${chosen?.hint ?? ''}` : problem;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (busy || !kind) return;
        onCode(kind, code.trim());
        setCode('');
      }}
    >
      <h1 className="mt-6 mb-1 text-20 font-semibold tracking-title">Second factor</h1>
      <p className="mb-5 text-ink-2">
        <b className="font-strong text-ink">{user}</b> on {cluster.id}.{' '}
        <button type="button" onClick={onBack} className="underlined text-ink">
          Not you?
        </button>
      </p>
      {offered.length > 1 && (
        <fieldset className="mb-4 flex h-8 overflow-hidden rounded-2 border border-line-strong touch:h-10">
          <legend className="sr-only">Kind of second factor</legend>
          {offered.map((one) => (
            <label
              key={one.kind}
              className="flex flex-1 cursor-pointer items-center justify-center border-l border-line text-12 font-medium text-ink-2 first-of-type:border-l-0 has-checked:bg-sunken has-checked:font-semibold has-checked:text-ink has-focus-visible:inset-ring-2 has-focus-visible:inset-ring-focus"
            >
              <input
                type="radio"
                name="kind"
                checked={one.kind === kind}
                onChange={() => {
                  setKind(one.kind);
                  setCode('');
                }}
                className="sr-only"
              />
              {one.name}
            </label>
          ))}
        </fieldset>
      )}
      {chosen && (
        <>
          <label htmlFor={fieldId} className="mb-1.5 block font-medium">
            {chosen.label}
          </label>
          {chosen.kind === 'totp' ? (
            <CodeCells id={fieldId} value={code} onChange={setCode} describedBy={told ? problemId : undefined} />
          ) : (
            <input
              key={chosen.kind}
              id={fieldId}
              value={code}
              onChange={(event) => setCode(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              required
              aria-describedby={told ? problemId : undefined}
              className={`${INPUT} font-mono`}
            />
          )}
          <div className="mt-2.5">{told && <Problem id={problemId}>{told}</Problem>}</div>
          <button
            type="submit"
            aria-disabled={busy}
            className={`${buttonClass('primary')} mt-1.5 h-9 w-full touch:h-10`}
          >
            {busy ? 'Asking Proxmox …' : 'Sign in'}
          </button>
        </>
      )}
      {securityKey && (
        <p className={`text-12 leading-4.5 text-ink-3 ${chosen ? 'mt-4.5 border-t border-line pt-3.5' : ''}`}>
          {chosen
            ? 'Your security key is registered too, but a browser offers it only on the address of Proxmox itself.'
            : 'This account has only a security key, and a browser offers that only on the address of Proxmox itself. Add another second factor there to sign in here.'}
        </p>
      )}
    </form>
  );
}
