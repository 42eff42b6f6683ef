import { expect, test } from 'vitest';
import { stopWords } from './stop-words';

const task = { family: 'other', label: 'aptupdate', vmid: null, node: 'pve1' };

test('stopping a backup says what becomes of its archives and its lock', () => {
  const { title, body } = stopWords({ ...task, family: 'backup', label: 'vzdump', vmid: 118 });
  expect(title).toBe('Stop this backup?');
  expect(body).toContain('The archive of guest 118 is thrown away, finished ones stay.');
  expect(body).toContain('"backup" lock');
});

test('stopping a migration says where the guest is afterwards', () => {
  expect(stopWords({ ...task, family: 'migrate', label: 'qmigrate', vmid: 204, node: 'pve-fra-03' }).body).toContain(
    'VM 204 stays on pve-fra-03.',
  );
});

test('stopping a bulk action does not promise to stop its guests’ tasks', () => {
  expect(stopWords({ ...task, family: 'bulk', label: 'stopall' }).body).toContain('go on by themselves');
});

test('any other task gets the plain consequence', () => {
  expect(stopWords(task).body).toContain('nothing is rolled back');
});
