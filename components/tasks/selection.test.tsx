import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TaskAnswer } from '@/lib/contract/task';
import { anAnswer, aTask, aWire, NOW, type Others, showList } from './a-list.test-support';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true });
  Element.prototype.scrollIntoView = () => {};
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const running = (n: number) =>
  aTask({
    upid: `UPID:${n}`,
    action: `VM ${n} - Migrate`,
    ...{ state: 'running', result: 'pending', exitstatus: null, ended_at: null },
  });
const ended = aTask({ upid: 'UPID:e', action: 'VM 9 - Start' });
const tasks = [running(1), running(2), ended, running(3)];

const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name: `Select ${name}` });
const selected = () =>
  tasks
    .filter((task) => screen.queryByRole('checkbox', { name: `Select ${task.action}` }) && box(task.action).checked)
    .map((task) => task.action);
const bar = () => within(screen.getByRole('toolbar', { name: 'Selection' }));
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const show = (others: Others = {}, list: TaskAnswer[] = tasks, more = {}) => {
  const wire = aWire(() => anAnswer(list, more), others);
  showList(wire);
  return wire;
};

test('x selects the row with the focus, Shift x all up to it, a the page, Escape nothing', () => {
  show();
  press('j');
  press('x');
  expect(selected()).toEqual(['VM 1 - Migrate']);
  press('j');
  press('j');
  press('X', { shiftKey: true });
  expect(selected()).toEqual(['VM 1 - Migrate', 'VM 2 - Migrate', 'VM 9 - Start']);
  expect(bar().getByText('3 selected')).toBeDefined();
  press('a');
  expect(selected()).toHaveLength(4);
  press('a');
  expect(screen.queryByRole('toolbar', { name: 'Selection' })).toBeNull();
  press('x');
  press('Escape');
  expect(selected()).toEqual([]);
});

test('a selected task that ends stays selected, and is not stopped', async () => {
  const wire = show();
  for (const task of [running(1), running(2)]) fireEvent.click(box(task.action));
  const over = {
    ...running(2),
    state: 'stopped',
    result: 'success',
    exitstatus: 'OK',
    ended_at: '2025-11-20T14:32:00Z',
  };
  await act(async () => wire.send('task', { task: over, fits: true }));
  expect(selected()).toEqual(['VM 1 - Migrate', 'VM 2 - Migrate']);
  click('Stop …');
  expect(await screen.findByText('1 of the 2 selected has ended and is left alone.')).toBeDefined();
  expect(screen.getByRole('dialog', { name: 'Stop 1 running task?' })).toBeDefined();
});

test('everything that matches is another choice than the page, and unticking one row leaves it for the page', () => {
  show({}, tasks, { subtotal: 1264 });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Select all on this page' }));
  expect(bar().getByText('4 selected')).toBeDefined();
  click('All 1,264 matching');
  expect(bar().getByText('All 1,264 selected')).toBeDefined();
  fireEvent.click(box('VM 2 - Migrate'));
  expect(bar().getByText('3 selected')).toBeDefined();
});

test('stopping shows what it touches, sends just that, and tells what became of each', async () => {
  const sent: unknown[] = [];
  const error = { code: 'forbidden', message: 'You need Sys.Modify on /nodes/pve1 to stop this task.' };
  show({
    '/api/tasks/bulk-stop': (_, body) => {
      sent.push(body);
      return {
        ...{ stopped: 1, skipped: 0 },
        results: [
          { cluster: 'lab', upid: 'UPID:1', ok: true, error: null },
          { cluster: 'lab', upid: 'UPID:2', ok: false, error },
        ],
      };
    },
  });
  for (const task of [running(1), running(2), ended]) fireEvent.click(box(task.action));
  click('Stop …');
  const dialog = within(await screen.findByRole('dialog', { name: 'Stop 2 running tasks?' }));
  expect(dialog.getAllByRole('listitem')).toHaveLength(2);
  expect(document.activeElement?.textContent).toBe('Leave them running');
  fireEvent.click(dialog.getByRole('button', { name: 'Stop 2 tasks' }));
  expect(await screen.findByText(error.message)).toBeDefined();
  expect(screen.getByText(/1 of 2 asked to end, 1 could not be stopped/)).toBeDefined();
  expect(sent).toEqual([
    {
      tasks: [
        { cluster: 'lab', upid: 'UPID:1' },
        { cluster: 'lab', upid: 'UPID:2' },
      ],
    },
  ]);
});

test('from ten on the number is typed', async () => {
  const many = Array.from({ length: 10 }, (_, at) => running(at + 20));
  show({}, many);
  press('a');
  click('Stop …');
  const stop = await screen.findByRole<HTMLButtonElement>('button', { name: 'Stop 10 tasks' });
  expect(stop.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('Type 10 to confirm'), { target: { value: '10' } });
  expect(stop.disabled).toBe(false);
});

test('of everything that matches, the running ones are read once and shown', async () => {
  const wire = show({}, tasks, { subtotal: 1264 });
  press('a');
  click('All 1,264 matching');
  wire.answer = (search) => anAnswer(search === 'state = running' ? [running(1), running(7)] : tasks);
  click('Stop …');
  await waitFor(() => screen.getByRole('dialog', { name: 'Stop 2 running tasks?' }));
  expect(screen.getByText('VM 7 - Migrate')).toBeDefined();
});
