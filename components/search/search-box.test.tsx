import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeQueryClient } from '@/lib/client/query-client';
import type { Refusal } from './read-search';
import { SearchBox } from './search-box';

beforeEach(() => {
  vi.useFakeTimers();
  globalThis.fetch = async () => Response.json({ suggestions: [], searches: [], error: null });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

type Start = { value?: string; error?: Refusal | null; notices?: { code: string; message: string }[] };

/** The box with an address around it, and what was searched. */
function show({ value = '', error = null, notices = [] }: Start = {}) {
  const searches: [string, string][] = [];
  let go: (value: string) => void = () => undefined;
  function Page() {
    const [address, setAddress] = useState(value);
    go = setAddress;
    return (
      <SearchBox
        value={address}
        error={error}
        notices={notices}
        onSearch={(text, by) => {
          searches.push([text, by]);
          setAddress(text);
        }}
      />
    );
  }
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <Page />
    </QueryClientProvider>,
  );
  return { searches, go: (address: string) => act(() => go(address)) };
}

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Search tasks' });
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test('typing searches by itself once no key was pressed for 50 ms', () => {
  const { searches } = show();
  type('vz');
  wait(49);
  type('vzdump');
  wait(49);
  expect(searches).toEqual([]);
  wait(1);
  expect(searches).toEqual([['vzdump', 'typing']]);
});

test('a text that cannot be read is not searched while it is typed, and is refused once the typing rests', () => {
  const { searches } = show({ value: 'label = a' });
  type('label = a and result = maybe');
  wait(100);
  expect(searches).toEqual([]);
  expect(screen.queryByRole('alert')).toBeNull();
  wait(600);
  expect(screen.getByRole('alert').textContent).toContain('"maybe" is not a result.');
  expect(screen.getByTestId('refused').textContent).toBe('maybe');
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(searches).toEqual([]);
});

test('Enter searches at once, also what will be refused', () => {
  const { searches } = show();
  type('state =');
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(searches).toEqual([['state =', 'entering']]);
  expect(screen.getByRole('alert').textContent).toBe('Value expected after "=" at position 7.');
  wait(1000);
  expect(searches).toHaveLength(1);
});

test('a value that is proposed takes the place of the refused one', () => {
  const { searches } = show({ value: 'state = runing and vzdump' });
  fireEvent.click(screen.getByRole('button', { name: 'running' }));
  expect(searches).toEqual([['state = running and vzdump', 'entering']]);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('what the server says against the address is shown until the text is another', () => {
  const error = { message: 'Not now.', position: 0, length: 3, token: 'abc', suggestions: [] };
  show({ value: 'abc', error });
  expect(screen.getByRole('alert').textContent).toBe('Not now.');
  type('abcd');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('notices are told in the same place', () => {
  show({ value: 'label = vzdump and result = error or result = warning' });
  expect(screen.getByRole('status').textContent).toContain(
    'Read as: label = vzdump and (result = error or result = warning).',
  );
});

test('the text follows the address, but not the echo of what was typed before', () => {
  const { go } = show({ value: 'a' });
  go('b');
  expect(field().value).toBe('b');
  type('bc');
  wait(50);
  type('bcd');
  expect(field().value).toBe('bcd');
  wait(50);
  go('a');
  expect(field().value).toBe('a');
});

test('the drawn text is the text', () => {
  const text = 'label  = "a b" and (x or y) ';
  show({ value: text });
  expect(field().nextElementSibling?.textContent).toBe(text);
});
