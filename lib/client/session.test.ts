import { expect, test } from 'vitest';
import { readOutcome } from './session';

test.each([
  [null, { kind: 'in' }],
  ['TFA:3f1c:totp,recovery,webauthn', { kind: 'tfa', id: '3f1c', kinds: ['totp', 'recovery', 'webauthn'] }],
  ['TFA_EXPIRED', { kind: 'expired' }],
  ['REFUSED', { kind: 'refused' }],
  ['THROTTLED:42', { kind: 'throttled', seconds: 42 }],
  ['AWAY:lab', { kind: 'away' }],
  ['INTERNAL', { kind: 'failed' }],
  ['CredentialsSignin', { kind: 'failed' }],
])('the error text %s is understood', (text, outcome) => {
  expect(readOutcome(text)).toEqual(outcome);
});
