import { randomBytes } from 'node:crypto';
import type { Account } from './accounts.ts';
import { totpHolds } from './totp.ts';

const TOTP_TRIES = 8;
const ANY_TRIES = 100;

export const needsSecondFactor = ({ factors }: Account): boolean =>
  Boolean(factors.totp || factors.recovery || factors.yubico || factors.webauthn);

/** What a half ticket tells the client about the ways on: keys only for what is enrolled (2.4). */
export function challengeFor(account: Account, locks: boolean): Record<string, unknown> {
  const { factors } = account;
  const challenge: Record<string, unknown> = {};
  if (factors.totp && !(locks && account.totpFailures >= TOTP_TRIES)) challenge.totp = true;
  if (factors.recovery) challenge.recovery = factors.recovery.flatMap((key, index) => (key === null ? [] : [index]));
  if (factors.yubico) challenge.yubico = true;
  if (factors.webauthn) {
    challenge.webauthn = {
      publicKey: {
        challenge: randomBytes(32).toString('base64url'),
        rpId: 'pve.example',
        allowCredentials: [{ type: 'public-key', id: randomBytes(32).toString('base64url') }],
        timeout: 120_000,
        userVerification: 'preferred',
      },
    };
  }
  return challenge;
}

/** Checks `totp:123456`, `recovery:key` or `yubico:otp`; counts failures and uses recovery keys up. */
export function secondFactorHolds(account: Account, answer: string, locks: boolean, now: number): boolean {
  if (locks && account.secondFactorFailures >= ANY_TRIES) return false;
  const colon = answer.indexOf(':');
  const good = check(account, answer.slice(0, colon), answer.slice(colon + 1), locks, now);
  account.secondFactorFailures = good ? 0 : account.secondFactorFailures + 1;
  return good;
}

function check(account: Account, kind: string, value: string, locks: boolean, now: number): boolean {
  const { factors } = account;
  if (kind === 'totp') {
    if (!factors.totp || (locks && account.totpFailures >= TOTP_TRIES)) return false;
    const good = totpHolds(factors.totp, value, now);
    account.totpFailures = good ? 0 : account.totpFailures + 1;
    return good;
  }
  if (kind === 'recovery') {
    const at = factors.recovery?.indexOf(value) ?? -1;
    if (at < 0 || !factors.recovery) return false;
    factors.recovery[at] = null;
    account.totpFailures = 0;
    return true;
  }
  return kind === 'yubico' && factors.yubico !== undefined && value.startsWith(factors.yubico) && value.length === 44;
}
