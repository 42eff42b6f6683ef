import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeQueryClient } from '@/lib/client/query-client';
import { complete } from '@/lib/domain/search/complete';
import { readQuery } from '@/lib/domain/search/read-query';
import { STOCK_SEARCHES } from '@/lib/domain/search/stock';
import { epochSeconds } from '@/lib/domain/time';
import { SearchBox } from './search-box';
import { EXAMPLES } from './search-examples';

const clock = { now: epochSeconds(1_733_000_000), timeZone: 'UTC' };
const values = [
  { value: 'vzdump', count: 1213, exact: true },
  { value: 'qm start', count: 10_000, exact: false },
];

/** Stands in for the network; `hold` keeps answers back until `release`. */
function aWire() {
  const asked: string[] = [];
  const noted: string[] = [];
  let held: (() => void)[] | null = null;
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'http://localhost');
    if (url.pathname === '/api/search/history') {
      if (init?.method === 'POST') noted.unshift(JSON.parse(String(init.body)).search);
      if (init?.method === 'DELETE') noted.length = 0;
      return Response.json({ searches: [...noted] });
    }
    asked.push(url.searchParams.get('text') ?? '');
    if (held) await new Promise<void>((resolve) => held?.push(resolve));
    const [text, cursor] = [url.searchParams.get('text') ?? '', Number(url.searchParams.get('cursor'))];
    return Response.json(complete(text, cursor, { values, searches: STOCK_SEARCHES }, clock));
  };
  return {
    asked,
    noted,
    hold: () => {
      held = [];
    },
    release: () => {
      for (const go of held ?? []) go();
      held = null;
    },
  };
}

let wire: ReturnType<typeof aWire>;
beforeEach(() => {
  wire = aWire();
  Element.prototype.scrollIntoView = () => {};
});
afterEach(cleanup);

function show(value = ''): string[] {
  const searches: string[] = [];
  function Page() {
    const [address, setAddress] = useState(value);
    return (
      <SearchBox
        value={address}
        error={null}
        notices={[]}
        onSearch={(text, by) => {
          if (by === 'entering') searches.push(text);
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
  return searches;
}

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Search tasks' });
const type = (text: string) => {
  act(() => field().focus());
  fireEvent.change(field(), { target: { value: text } });
};
const press = (key: string) => fireEvent.keyDown(field(), { key });
const options = async (): Promise<string[]> => {
  const list = await screen.findByRole('listbox', { name: 'Suggestions' });
  return within(list)
    .getAllByRole('option')
    .map((option) => option.textContent ?? '');
};
const active = (): string | undefined =>
  document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.textContent ?? undefined;

test('on the empty text saved searches come first, then fields, twenty rows at most', async () => {
  show();
  expect(field().getAttribute('aria-expanded')).toBe('false');
  act(() => field().focus());
  const rows = await options();
  expect(rows).toHaveLength(20);
  expect(rows.slice(0, 6)).toEqual([
    ...STOCK_SEARCHES.map(({ name }) => `${name}saved search`),
    ...['label', 'action'],
  ]);
  expect(field().getAttribute('aria-expanded')).toBe('true');
  expect(active()).toBe('runningsaved search');
});

test('Tab inserts the first row and goes on, until the text is a search', async () => {
  show();
  type('la');
  expect(await options()).toEqual(['label']);
  press('Tab');
  expect(field().value).toBe('label ');
  await waitFor(() => expect(active()).toBe('='));
  expect((await options()).slice(0, 2)).toEqual(['=', '!=']);
  press('Tab');
  expect(field().value).toBe('label = ');
  await waitFor(() => expect(active()).toBe('vzdump1,213'));
  expect(await options()).toEqual(['vzdump1,213', '"qm start"10,000+']);
  press('Tab');
  expect(field().value).toBe('label = vzdump ');
  await waitFor(async () => expect(await options()).toEqual(['and', 'or']));
});

test('arrows choose and go round; Enter searches what is written', async () => {
  const searches = show();
  type('label = ');
  await options();
  press('ArrowDown');
  expect(active()).toBe('"qm start"10,000+');
  press('ArrowDown');
  expect(active()).toBe('vzdump1,213');
  press('ArrowUp');
  press('Tab');
  expect(field().value).toBe('label = "qm start" ');
  press('Enter');
  expect(searches).toEqual(['label = "qm start" ']);
  await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
});

test('Esc closes, and then leaves', async () => {
  show();
  type('la');
  await options();
  press('Escape');
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(document.activeElement).toBe(field());
  press('Escape');
  expect(document.activeElement).not.toBe(field());
});

test('a Tab that comes before the answer takes it once it is there', async () => {
  show();
  wire.hold();
  type('la');
  await waitFor(() => expect(wire.asked).toContain('la'));
  press('Tab');
  expect(field().value).toBe('la');
  await act(async () => wire.release());
  await waitFor(() => expect(field().value).toBe('label '));
});

test('a click takes a row and leaves the focus in the field', async () => {
  show();
  type('result = er');
  fireEvent.click(await screen.findByRole('option', { name: /error/ }));
  expect(field().value).toBe('result = error ');
  expect(document.activeElement).toBe(field());
});

test('a word in the middle is completed there', async () => {
  show('la = vzdump and node = pve1');
  act(() => field().focus());
  field().setSelectionRange(2, 2);
  fireEvent.select(field());
  press('ArrowDown');
  await options();
  press('Tab');
  expect(field().value).toBe('label = vzdump and node = pve1');
  expect(field().selectionEnd).toBe('label'.length);
});

test('a refused text has no rows, and Tab goes on', async () => {
  show();
  type('foo = ');
  await waitFor(() => expect(wire.asked).toContain('foo = '));
  expect(screen.queryByRole('listbox')).toBeNull();
  await waitFor(() => expect(press('Tab')).toBe(true));
});

test('a value that is missing is no mistake while values are offered', async () => {
  show();
  type('label = ');
  await options();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(screen.queryByRole('alert')).toBeNull();
  press('Escape');
  expect(screen.getByRole('alert').textContent).toContain('Value expected');
});

test('what was entered can be searched again, and forgotten', async () => {
  const searches = show();
  type('label = vzdump');
  press('Enter');
  await waitFor(() => expect(wire.noted).toEqual(['label = vzdump']));
  type('state =');
  press('Enter');
  fireEvent.click(screen.getByRole('button', { name: 'Earlier searches' }));
  fireEvent.click(await screen.findByRole('button', { name: 'label = vzdump' }, { timeout: 5000 }));
  expect(searches.at(-1)).toBe('label = vzdump');
  expect(wire.noted).not.toContain('state =');
  fireEvent.click(screen.getByRole('button', { name: 'Earlier searches' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Forget these' }));
  expect(await screen.findByText('You have not searched for anything yet.')).toBeDefined();
});

test('an example of the help runs on a click', async () => {
  const searches = show();
  fireEvent.click(screen.getByRole('button', { name: 'How to search' }));
  fireEvent.click(await screen.findByRole('button', { name: /^label ~ qm\*/ }, { timeout: 5000 }));
  expect(searches).toEqual(['label ~ qm*']);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test.each(EXAMPLES.flatMap(({ searches }) => searches.map(([search]) => search)))(
  'the example %s is a search',
  (search) => {
    expect(readQuery(search, { ...clock, strict: true }).notices).toEqual([]);
  },
);
