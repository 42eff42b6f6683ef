import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anAnswer, aTask, aWire, NOW, showList } from '@/components/tasks/a-list.test-support';
import type { BookmarkAnswer } from '@/lib/contract/bookmark';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const saved = (more: Partial<BookmarkAnswer>): BookmarkAnswer => ({
  ...{ id: 'b1', name: 'nightly', search: 'label = vzdump', order: '', public: false, stock: false },
  ...{ cluster: 'lab', owner: 'root@pam', own: true, count: 3, count_is_exact: true },
  ...more,
});

function show(bookmarks: BookmarkAnswer[]) {
  const sent: unknown[] = [];
  const wire = aWire(() => anAnswer([aTask({ upid: 'UPID:a' })]), {
    '/api/bookmarks': (_, body) => {
      if (!body) return { bookmarks };
      sent.push(body);
      return saved({ name: 'mine alone' });
    },
  });
  showList(wire, '/tasks?search=label+%3D+vzdump');
  return sent;
}

test('the star keeps the search by name, for oneself unless it is shared', async () => {
  const sent = show([]);
  fireEvent.click(await screen.findByRole('button', { name: 'Save this search' }));
  const form = within(await screen.findByRole('dialog'));
  const save = await form.findByRole<HTMLButtonElement>('button', { name: 'Save' });
  expect(save.disabled).toBe(true);
  fireEvent.change(form.getByLabelText('Name'), { target: { value: ' mine alone ' } });
  fireEvent.click(save);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toEqual([
    { name: 'mine alone', search: 'label = vzdump', order: 'started_at DESC', public: false, tz: 'UTC' },
  ]);
});

test('a search that is kept has its name at the star, and only its owner can delete it', async () => {
  show([saved({ own: false, owner: 'anna@pve', public: true })]);
  fireEvent.click(await screen.findByRole('button', { name: 'Saved as "nightly"' }));
  const form = within(await screen.findByRole('dialog'));
  expect(await form.findByText(/shared by anna@pve/)).toBeDefined();
  expect(form.queryByRole('button', { name: 'Delete' })).toBeNull();
  expect(form.getByRole('button', { name: 'Copy link' })).toBeDefined();
});
