import type { SignInOutcome } from '@/lib/client/session';

/** What to say after a try that did not lead in; null when it did, or leads on. */
export function outcomeWords(outcome: SignInOutcome, cluster: string, several: boolean): string | null {
  switch (outcome.kind) {
    case 'in':
    case 'tfa':
      return null;
    case 'refused':
      return 'Proxmox did not accept this user, password or code. It does not say which.';
    case 'expired':
      return 'The second factor came too late. Begin again with the password.';
    case 'throttled':
      return `Too many tries. The next one is possible in ${outcome.seconds} s.`;
    case 'away':
      return several
        ? `${cluster} does not answer; choose another cluster.`
        : `${cluster} does not answer. Try again when it does.`;
    case 'failed':
      return 'Taskscope could not finish the sign-in. Its log says why.';
  }
}
