import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { FilterChips } from './filter-chips';

afterEach(cleanup);

const known = { label: ['qmstart', 'vzdump'], node: ['pve1', 'pve2'], cluster: ['lab'], user: ['root@pam'] };

/** The chips with an address around them; gives back the search as it is now. */
function show(value: string): () => string {
  let search = value;
  function Page() {
    const [address, setAddress] = useState(value);
    search = address;
    return <FilterChips value={address} onSearch={setAddress} known={known} />;
  }
  render(<Page />);
  return () => search;
}
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
/** Opens a chip's list, which is loaded when the first one is opened. */
const open = async (name: string) => {
  click(name);
  await screen.findByRole('dialog');
};
const choose = (name: string) => fireEvent.click(screen.getByRole('checkbox', { name }));

test('what is in the search can be taken out by its cross, by Backspace, and all at once', () => {
  const search = show('result = failed and node = pve1 and (a or b)');
  click('Remove result = error');
  expect(search()).toBe('node = pve1 and (a or b)');
  fireEvent.keyDown(screen.getByRole('button', { name: 'node = pve1' }), { key: 'Backspace' });
  expect(search()).toBe('a or b');
  click('Clear');
  expect(search()).toBe('');
});

test('values are chosen one after the other from one open list', async () => {
  const search = show('vzdump and nightly');
  await open('result');
  choose('error');
  expect(search()).toBe('vzdump and nightly and result = error');
  choose('warning');
  expect(search()).toBe('vzdump and nightly and result ^ (error, warning)');
  choose('error');
  choose('warning');
  expect(search()).toBe('vzdump and nightly');
});

test('a value that no task on the screen has can be typed', async () => {
  const search = show('');
  await open('user');
  const typed = screen.getByLabelText('Another user');
  fireEvent.change(typed, { target: { value: 'alice@pve' } });
  fireEvent.submit(typed);
  expect(search()).toBe('user = alice@pve');
});

test('typing part of a value and Enter takes the one that is left', async () => {
  const search = show('');
  await open('label');
  const typed = screen.getByLabelText('Another label');
  fireEvent.change(typed, { target: { value: 'vz' } });
  expect(screen.queryByRole('checkbox', { name: 'qmstart' })).toBeNull();
  fireEvent.submit(typed);
  expect(search()).toBe('label = vzdump');
});

test('a time replaces the one before, and the list closes', async () => {
  const search = show('started_at >= 2024-01-01 and started_at < 2024-02-01 and node = pve1');
  await open('started >= 2024-01-01');
  fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Last hour' }));
  expect(search()).toBe('node = pve1 and started_at > "1 hour ago"');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('days from and to are whole days', async () => {
  const search = show('');
  await open('started');
  fireEvent.change(screen.getByLabelText('From'), { target: { value: '2025-01-01' } });
  fireEvent.change(screen.getByLabelText('To'), { target: { value: '2025-01-05' } });
  click('Show these days');
  expect(search()).toBe('started_at >= 2025-01-01 and started_at <= 2025-01-05');
});

test('a search that is refused has no chips', () => {
  show('label =');
  expect(screen.queryByRole('group')).toBeNull();
});
