import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anAnswer, aTask, aWire, NOW, showList } from '@/components/tasks/a-list.test-support';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const buckets = ['12:00', '13:00', '14:00'].map((time, at) => ({
  start: `2025-11-20T${time}:00Z`,
  by_result: at === 1 ? { success: 3, error: 2 } : { success: 1 },
}));

async function show(address = '/tasks?search=node+%3D+pve1') {
  const wire = aWire(() => anAnswer([aTask({ upid: 'UPID:a' })]), {
    '/api/histogram': () => ({ bucket_seconds: 3600, buckets }),
  });
  showList(wire, address);
  const strip = screen.getByRole('slider', { name: 'Tasks by start' });
  await vi.waitFor(() => expect(strip.getAttribute('aria-valuemax')).toBe('2'));
  return strip;
}
const addressed = () => new URLSearchParams(window.location.search).get('search');
const key = (strip: HTMLElement, name: string, more = {}) => fireEvent.keyDown(strip, { key: name, ...more });

test('arrows tell each stretch, Shift takes more, Enter makes it part of the search', async () => {
  const strip = await show();
  key(strip, 'ArrowLeft');
  key(strip, 'ArrowLeft');
  expect(strip.getAttribute('aria-valuetext')).toBe('13:00 to 14:00: 5 tasks, 2 error');
  key(strip, 'ArrowRight', { shiftKey: true });
  expect(strip.getAttribute('aria-valuetext')).toBe('13:00 to 15:00: 6 tasks, 2 error');
  key(strip, 'Enter');
  expect(addressed()).toBe('node = pve1 and started_at >= "2025-11-20 13:00" and started_at < "2025-11-20 15:00"');
});

test('a drag takes what it covers, in place of the time before, and Escape takes nothing', async () => {
  const strip = await show('/tasks?search=started_at+%3D+today');
  strip.getBoundingClientRect = () => ({ left: 0, width: 300 }) as DOMRect;
  strip.setPointerCapture = () => {};
  fireEvent.pointerDown(strip, { clientX: 20, button: 0 });
  fireEvent.pointerMove(strip, { clientX: 150 });
  fireEvent.pointerUp(strip, { clientX: 150 });
  expect(addressed()).toBe('started_at >= "2025-11-20 12:00" and started_at < "2025-11-20 14:00"');
});

test('it is there as numbers too, each a search', async () => {
  await show();
  fireEvent.click(screen.getByRole('button', { name: 'Show as numbers' }));
  const table = within(await screen.findByRole('table'));
  const [, , second] = table.getAllByRole('row');
  expect(second?.textContent).toBe('20 Nov 13:00523');
  expect(table.getByRole('link', { name: '20 Nov 13:00' }).getAttribute('href')).toContain('13%3A00');
});
