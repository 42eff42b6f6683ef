import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PLAIN_LOOK, readLook } from '@/lib/client/list-look';
import { anAnswer, aTask, aWire, NOW, showList } from './a-list.test-support';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true });
  Element.prototype.scrollIntoView = () => {};
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const show = (look = PLAIN_LOOK) =>
  showList(
    aWire(() => anAnswer([aTask({ upid: 'UPID:a' })])),
    '/tasks',
    undefined,
    look,
  );
const heads = () =>
  screen
    .getAllByRole('columnheader')
    .map((head) => head.textContent?.replace(/ [↑↓]$/, ''))
    .slice(1);
const remembered = () => readLook(decodeURIComponent(/list=([^;]*)/.exec(document.cookie)?.[1] ?? ''));

test('columns are hidden, moved and brought back from the menu, and the browser remembers them', async () => {
  show();
  fireEvent.click(screen.getByRole('button', { name: 'Columns' }));
  const menu = within(await screen.findByRole('dialog', { name: 'Columns' }));
  fireEvent.click(menu.getByRole('checkbox', { name: /^Label/ }));
  expect(heads()).not.toContain('Label');
  fireEvent.click(menu.getByRole('button', { name: 'Node further left' }));
  expect(heads().slice(0, 3)).toEqual(['Task', 'Node', 'Exit status or progress']);
  expect(remembered().showing).toEqual({ label: 'off' });
  expect(remembered().order.slice(0, 3)).toEqual(['label', 'node', 'exitstatus']);
  fireEvent.click(menu.getByRole('button', { name: 'Reset' }));
  expect(remembered()).toEqual(PLAIN_LOOK);
  expect(heads()).toContain('Label');
});

test('Shift and an arrow size the column whose head has the focus, with Ctrl they move it', () => {
  show({ ...PLAIN_LOOK, widths: { node: 100 } });
  const node = screen.getByRole('columnheader', { name: 'Node' });
  fireEvent.keyDown(node, { key: 'ArrowRight', shiftKey: true });
  expect(remembered().widths).toEqual({ node: 116 });
  fireEvent.keyDown(node, { key: 'ArrowLeft', shiftKey: true, ctrlKey: true });
  expect(heads().slice(0, 4)).toEqual(['Task', 'Label', 'Node', 'Exit status or progress']);
});

test('a look of before is there at the first paint', () => {
  show({ ...PLAIN_LOOK, order: readLook('dense user').order, showing: { node: 'off' } });
  expect(heads().slice(0, 3)).toEqual(['Task', 'User', 'Label']);
  expect(heads()).not.toContain('Node');
});

test('with Shift a head opens the order as text, which refuses what cannot be ordered by', () => {
  show();
  fireEvent.click(screen.getByRole('link', { name: 'Node' }), { shiftKey: true });
  const field = screen.getByLabelText('Order by');
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: 'log DESC' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sort' }));
  expect(screen.getByText('A list cannot be ordered by "log".')).toBeDefined();
  fireEvent.change(field, { target: { value: 'pool desc' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sort' }));
  expect(window.location.search).toContain('order=pool+DESC');
  expect(screen.queryByLabelText('Order by')).toBeNull();
});
