import { expect, test } from 'vitest';
import { KnownBrowsers } from './known-browser';
import { deriveKey } from './seal';

const key = deriveKey('a secret of thirty-two characters', 'known browsers');
const browsers = new KnownBrowsers(key, () => 0);

test('a browser is known for the accounts it signed in to, and for no other', () => {
  const first = browsers.read(browsers.write(undefined, 'lab', 'root@pam'));
  const both = browsers.read(browsers.write(first, 'lab', 'anna@pve'));
  expect(browsers.reserveFor(both, 'lab', 'root@pam')).toBe(both?.id);
  expect(browsers.reserveFor(both, 'lab', 'anna@pve')).toBe(both?.id);
  expect(browsers.reserveFor(both, 'fra', 'anna@pve')).toBeNull();
  expect(browsers.reserveFor(both, 'lab', 'otto@pve')).toBeNull();
  expect(browsers.reserveFor(undefined, 'lab', 'root@pam')).toBeNull();
});

test('the cookie names nobody, fits a header and stays small', () => {
  let known = browsers.read(undefined);
  for (let n = 0; n < 50; n += 1) known = browsers.read(browsers.write(known, 'lab', `user${n}@pve`));
  const cookie = browsers.write(known, 'lab', 'root@pam');
  expect(cookie).toMatch(/^[\w.~-]{1,300}$/);
  expect(cookie).not.toContain('root');
});

test('nothing but what was signed here, in the last half year, is read', () => {
  const cookie = browsers.write(undefined, 'lab', 'root@pam');
  expect(browsers.read(`${cookie}x`)).toBeUndefined();
  expect(browsers.read(cookie.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')))).toBeUndefined();
  expect(new KnownBrowsers(deriveKey('another secret', 'known browsers'), () => 0).read(cookie)).toBeUndefined();
  expect(new KnownBrowsers(key, () => 181 * 86_400_000).read(cookie)).toBeUndefined();
  expect(browsers.read('')).toBeUndefined();
  expect(browsers.read('a.b.c.d')).toBeUndefined();
});
