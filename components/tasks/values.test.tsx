import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PLAIN_LOOK } from '@/lib/client/list-look';
import { anAnswer, aTask, aWire, NOW, showList } from './a-list.test-support';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true });
  window.history.replaceState(null, '', '/tasks');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const exact = (value: string, count: number) => ({ value, count, exact: true });
const facets = {
  result: [exact('success', 1213), exact('error', 23), { value: 'pending', count: 50_000, exact: false }],
  label: ['vzdump', 'qmstart', 'qmstop', 'qmclone', 'vzstart', 'vzstop', 'aptupdate'].map((one, at) =>
    exact(one, 9 - at),
  ),
};

function show(search = '') {
  const wire = aWire(() => anAnswer([aTask({ upid: 'UPID:a' })]), { '/api/facets': () => facets });
  const look = { ...PLAIN_LOOK, values: true };
  showList(wire, `/tasks?${new URLSearchParams({ search })}`, undefined, look);
}
const addressed = () => new URLSearchParams(window.location.search).get('search');
const panel = async () => within(await screen.findByRole('complementary', { name: 'Values' }));

test('the counts are filters, what needs attention first, and Alt leaves one out', async () => {
  show('node = pve1');
  const error = await screen.findByRole('link', { name: '23 error' });
  const names = screen.getAllByRole('link', { name: /^[\d,]+\+? (running|error|success)$/ });
  expect(names.map((one) => one.textContent)).toEqual(['50,000+ running', '23 error', '1,213 success']);
  expect(new URL(error.getAttribute('href') ?? '', 'http://x').searchParams.get('search')).toBe(
    'node = pve1 and result = error',
  );
  fireEvent.click(error, { altKey: true });
  expect(addressed()).toBe('node = pve1 and result != error');
});

test('a chosen value is marked and can be taken back, one that is left out can be let in', async () => {
  show('label = qmstart and result != success');
  const values = await panel();
  const chosen = await values.findByRole('link', { name: /^qmstart/ });
  expect(chosen.getAttribute('aria-current')).toBe('true');
  expect(new URL(chosen.getAttribute('href') ?? '', 'http://x').searchParams.get('search')).toBe('result != success');
  const left = values.getByTitle(/lets success in again/);
  expect(new URL(left.getAttribute('href') ?? '', 'http://x').searchParams.get('search')).toBe('label = qmstart');
  fireEvent.click(values.getByRole('button', { name: 'Leave out vzdump' }));
  expect(addressed()).toBe('result != success and label != vzdump');
});

test('a long list begins with its first values, and what is in the search is always there', async () => {
  show('label = aptupdate');
  const values = await panel();
  expect(await values.findByRole('link', { name: /^aptupdate/ })).toBeDefined();
  cleanup();
  show();
  const others = await panel();
  await others.findByRole('link', { name: /^vzdump/ });
  expect(others.queryByRole('link', { name: /^aptupdate/ })).toBeNull();
  fireEvent.click(others.getByRole('button', { name: '1 more' }));
  expect(others.getByRole('link', { name: /^aptupdate/ })).toBeDefined();
});

test('consoles are hidden by one click, and the address says so', () => {
  show('result = error');
  fireEvent.click(screen.getByRole('button', { name: 'hide consoles' }));
  expect(addressed()).toBe('result = error and family != console');
});
