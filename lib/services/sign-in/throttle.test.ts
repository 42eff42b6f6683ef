import { expect, test } from 'vitest';
import { networkOf, type Suspect, Throttle } from './throttle';

const guess: Suspect = { cluster: 'lab', account: 'root@pam', address: '192.0.2.1', browser: null };

/** How many of `count` tries are let through. */
function tries(throttle: Throttle, count: number, suspect: (n: number) => Suspect): number {
  let through = 0;
  for (let n = 0; n < count; n += 1) {
    try {
      throttle.take(suspect(n));
      through += 1;
    } catch (error) {
      expect(error).toMatchObject({ code: 'throttled' });
    }
  }
  return through;
}

test('an account takes ten wrong tries from wherever they come, then one a minute', () => {
  let now = 0;
  const throttle = new Throttle(() => now);
  expect(tries(throttle, 1_000, (n) => ({ ...guess, address: `192.0.2.${n % 250}` }))).toBe(10);
  now += 60_000;
  expect(tries(throttle, 1_000, (n) => ({ ...guess, address: `192.0.2.${n % 250}` }))).toBe(1);
});

test('an address takes forty wrong tries over all accounts, and the rest of the world is not kept out', () => {
  const throttle = new Throttle(() => 0);
  expect(tries(throttle, 1_000, (n) => ({ ...guess, account: `user${n}@pve` }))).toBe(40);
  expect(tries(throttle, 1, () => ({ ...guess, account: 'anna@pve', address: '198.51.100.7' }))).toBe(1);
});

test('a cluster takes 300 wrong tries at once, however many accounts and addresses there are', () => {
  const throttle = new Throttle(() => 0);
  const anywhere = (n: number) => ({ ...guess, account: `user${n}@pve`, address: `10.${n >> 8}.${n & 255}.1` });
  expect(tries(throttle, 2_000, anywhere)).toBe(300);
});

test('a browser that signed in before gets in while its account and its address are under attack', () => {
  const throttle = new Throttle(() => 0);
  tries(throttle, 1_000, () => guess);
  tries(throttle, 1_000, (n) => ({ ...guess, account: `user${n}@pve` }));
  expect(() => throttle.take(guess)).toThrow('Try again in');
  expect(() => throttle.take({ ...guess, browser: 'b1' })).not.toThrow();
});

test('a known browser has ten wrong tries too, so a stolen cookie is no way around', () => {
  const throttle = new Throttle(() => 0);
  expect(tries(throttle, 100, () => ({ ...guess, browser: 'b1' }))).toBe(10);
});

test('a try that was right is handed back, once', () => {
  const throttle = new Throttle(() => 0);
  for (let n = 0; n < 100; n += 1) {
    const giveBack = throttle.take(guess);
    giveBack();
    giveBack();
  }
  expect(tries(throttle, 100, () => guess)).toBe(10);
});

test('a refusal says when to come back', () => {
  let now = 0;
  const throttle = new Throttle(() => now);
  tries(throttle, 10, () => guess);
  now += 15_000;
  expect(() => throttle.take(guess)).toThrow(expect.objectContaining({ details: { retryAfterSeconds: 45 } }));
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the address %s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
