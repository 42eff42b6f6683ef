import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatUpid, isBackupServerUpid, joinActor, parseUpid, realmOf, splitActor } from './upid';

const TEXT = 'UPID:pve1:000AE992:00A21BA7:618C1D55:vzdump:100:root@pam!ci:';

test('a UPID is decoded into its parts', () => {
  expect(parseUpid(TEXT)).toEqual({
    text: TEXT,
    node: 'pve1',
    pid: 715154,
    pstart: 10623911,
    startTime: 1636572501,
    type: 'vzdump',
    id: '100',
    user: 'root@pam',
    token: 'ci',
    comment: '',
  });
});

test('surrounding white space is trimmed, and the text kept is the trimmed one', () => {
  expect(parseUpid(`  ${TEXT}\n`)?.text).toBe(TEXT);
});

test('a start tick of nine digits is read whole: an uptime above 497 days', () => {
  expect(parseUpid('UPID:pve1:000AE992:1FFFFFFFF:618C1D55:aptupdate::root@pam:')?.pstart).toBe(0x1ffffffff);
});

test('an id may be empty, hold ">" and stay as it stands', () => {
  expect(parseUpid('UPID:pve1:000AE992:00A21BA7:618C1D55:qmmove:100-scsi0>101-scsi1:root@pam:')?.id).toBe(
    '100-scsi0>101-scsi1',
  );
  expect(parseUpid('UPID:pve1:000AE992:00A21BA7:618C1D55:imgdel:local\\x2dlvm:root@pam:')?.id).toBe('local\\x2dlvm');
});

describe('refused as no UPID', () => {
  test.each([
    ['no closing colon', TEXT.slice(0, -1)],
    ['lower-case prefix', TEXT.replace('UPID', 'upid')],
    ['seven hex digits', TEXT.replace('000AE992', '00AE992')],
    ['a sign', TEXT.replace('000AE992', '+00AE992')],
    ['a slash in the type', TEXT.replace('vzdump', 'vz/dump')],
    ['a blank inside', TEXT.replace('100', '10 0')],
    ['an empty type', TEXT.replace('vzdump', '')],
    ['an empty user', TEXT.replace('root@pam!ci', '')],
    ['a node that ends in a dash', TEXT.replace('pve1', 'pve-')],
    ['a full-width digit', TEXT.replace('000AE992', '０00AE992')],
    ['a Backup Server UPID', 'UPID:pbs:000AE992:00A21BA7:00000001:618C1D55:backup:store:root@pam:'],
  ])('%s', (_, text) => {
    expect(parseUpid(text)).toBeUndefined();
  });
});

test('a Backup Server UPID is recognised as one', () => {
  expect(isBackupServerUpid('UPID:pbs:000AE992:00A21BA7:00000001:618C1D55:backup:store:root@pam:')).toBe(true);
  expect(isBackupServerUpid(TEXT)).toBe(false);
});

test('the token is what follows the last "!" and looks like a token name', () => {
  expect(splitActor('a!b@pve!ci')).toEqual({ user: 'a!b@pve', token: 'ci' });
  expect(splitActor('root@pam!1x')).toEqual({ user: 'root@pam!1x' });
  expect(joinActor('root@pam', 'ci')).toBe('root@pam!ci');
  expect(realmOf('a@b@corp-ldap')).toBe('corp-ldap');
});

const hex = (digits: number) => fc.integer({ min: 0, max: 16 ** digits - 1 });
const word = fc.stringMatching(/^[A-Za-z0-9_@.>!-]+$/);

test('printing the parts gives back any UPID that Proxmox writes', () => {
  const parts = fc.record({
    node: fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/),
    pid: hex(8),
    pstart: fc.oneof(hex(8), fc.integer({ min: 16 ** 8, max: 16 ** 9 - 1 })),
    startTime: hex(8),
    type: word,
    id: fc.oneof(fc.constant(''), word),
    actor: word,
  });
  fc.assert(
    fc.property(parts, (p) => {
      const digits = (n: number) => n.toString(16).toUpperCase().padStart(8, '0');
      const text = `UPID:${p.node}:${digits(p.pid)}:${digits(p.pstart)}:${digits(p.startTime)}:${p.type}:${p.id}:${p.actor}:`;
      const upid = parseUpid(text);
      expect(upid && formatUpid(upid)).toBe(text);
    }),
  );
});
