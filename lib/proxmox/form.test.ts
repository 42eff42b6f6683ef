import { expect, test } from 'vitest';
import { encodeForm } from './form';

test('; and = in values are escaped, for Proxmox splits and cuts there (1.3)', () => {
  expect(encodeForm({ tags: 'a;b', prune: 'keep-last=3' })).toBe('tags=a%3Bb&prune=keep-last%3D3');
});

test('arrays repeat their key (1.3)', () => {
  expect(encodeForm({ vms: [100, 101] })).toBe('vms=100&vms=101');
});

test('booleans are 1 and 0 (1.3)', () => {
  expect(encodeForm({ force: true, online: false })).toBe('force=1&online=0');
});

test('what is undefined is left out, what is empty stays', () => {
  expect(encodeForm({ realm: undefined, comment: '' })).toBe('comment=');
});

test('blanks, umlauts and separators survive', () => {
  expect(encodeForm({ password: 'ä & #+%' })).toBe('password=%C3%A4%20%26%20%23%2B%25');
});

test('half a surrogate pair does not throw', () => {
  expect(encodeForm({ password: '\ud800' })).toBe('password=%EF%BF%BD');
});
