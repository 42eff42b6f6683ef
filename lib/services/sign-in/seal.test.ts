import { expect, test } from 'vitest';
import { createSeal, deriveKey } from './seal';

const seal = createSeal(deriveKey('a secret of thirty-two characters', 'sessions'));

test('what was sealed comes back under the same key and for the same session', () => {
  expect(seal.open(seal.close('PVE:root@pam:…', 'sid'), 'sid')).toBe('PVE:root@pam:…');
});

test('another secret, another purpose and another session open nothing', () => {
  const sealed = seal.close('ticket', 'sid');
  expect(createSeal(deriveKey('another secret of 32 characters!!', 'sessions')).open(sealed, 'sid')).toBeUndefined();
  expect(createSeal(deriveKey('a secret of thirty-two characters', 'cookies')).open(sealed, 'sid')).toBeUndefined();
  expect(seal.open(sealed, 'another sid')).toBeUndefined();
});

test('a changed byte, a short text and an empty one open nothing', () => {
  const sealed = seal.close('ticket', 'sid');
  for (const at of sealed.keys()) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(seal.open(changed, 'sid')).toBeUndefined();
  }
  expect(seal.open(sealed.subarray(0, 20), 'sid')).toBeUndefined();
  expect(seal.open(new Uint8Array(), 'sid')).toBeUndefined();
});

test('the same text never looks the same twice, and shows nothing of itself', () => {
  const [one, two] = [seal.close('canary', 'sid'), seal.close('canary', 'sid')];
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
  expect(Buffer.from(one).includes('canary')).toBe(false);
});
