import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aCluster, anAnswer, aTask, aWire, NOW, showList } from './a-list.test-support';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, shouldAdvanceTime: true });
  Element.prototype.scrollIntoView = () => {};
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const running = aTask({
  upid: 'UPID:r',
  action: 'VM 204 - Migrate',
  ...{ state: 'running', result: 'pending', exitstatus: null, ended_at: null, progress: 0.62 },
});
const failed = aTask({
  upid: 'UPID:f',
  action: 'VM 117 - Start',
  result: 'error',
  exitstatus: 'VM is locked (backup)',
});
const older = aTask({ upid: 'UPID:o', action: 'VM 131 - Shutdown', started_at: '2025-11-20T14:10:00Z' });

const rows = () => screen.getAllByRole('row').filter((row) => row.dataset.rowKey);
const link = (name: string) => screen.getByRole('link', { name });
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });

test('a row says what ran, how it ended and for how long', () => {
  showList(aWire(() => anAnswer([failed])));
  const [row] = rows();
  if (!row) throw new Error('no row');
  expect(within(row).getByRole('img', { name: 'Error' })).toBeDefined();
  expect(within(row).getByText('VM is locked (backup)')).toBeDefined();
  expect(within(row).getByText('12 min')).toBeDefined();
  expect(within(row).getByText('5s')).toBeDefined();
});

test('a running row has its share as a bar, and the bar moves in place', async () => {
  const wire = aWire(() => anAnswer([running, older]));
  showList(wire);
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('62');
  await act(async () => wire.send('task', { task: { ...running, progress: 0.7 }, fits: true }));
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('70');
  expect(rows()).toHaveLength(2);
});

test('new tasks wait behind a button, and n lets them in', async () => {
  const fresh = aTask({ upid: 'UPID:n', action: 'VM 300 - Start', started_at: '2025-11-20T14:31:50Z' });
  let known = [failed, older];
  const wire = aWire(() => anAnswer(known));
  showList(wire);
  await act(async () => wire.send('task', { task: fresh, fits: true }));
  expect(screen.getByRole('button', { name: /1 new task/ })).toBeDefined();
  expect(rows()).toHaveLength(2);

  known = [fresh, failed, older];
  await act(async () => press('n'));
  await waitFor(() => expect(rows()).toHaveLength(3));
  expect(screen.queryByRole('button', { name: /new task/ })).toBeNull();
  expect(screen.getByTitle('New')).toBeDefined();
});

test('what happens while paused is held back until one goes on', async () => {
  const wire = aWire(() => anAnswer([running]));
  showList(wire);
  press('p');
  const ended = { ...running, state: 'stopped', result: 'success', exitstatus: 'OK', ended_at: '2025-11-20T14:32:00Z' };
  await act(async () => wire.send('task', { task: ended, fits: true }));
  expect(screen.getByText('Paused')).toBeDefined();
  expect(screen.queryByText('OK')).toBeNull();
  await act(async () => press('p'));
  expect(screen.getByText('OK')).toBeDefined();
});

test('j and k move between rows, which are one stop of the tab key', () => {
  showList(aWire(() => anAnswer([running, failed, older])));
  const stops = () => screen.getAllByRole('link').filter((one) => 'rowLink' in one.dataset && one.tabIndex === 0);
  expect(stops()).toEqual([link('VM 204 - Migrate')]);
  press('j');
  expect(document.activeElement).toBe(link('VM 204 - Migrate'));
  press('j');
  press('j');
  press('j');
  expect(document.activeElement).toBe(link('VM 131 - Shutdown'));
  expect(stops()).toEqual([link('VM 131 - Shutdown')]);
  press('k');
  expect(document.activeElement).toBe(link('VM 117 - Start'));
  press('Home');
  expect(document.activeElement).toBe(link('VM 204 - Migrate'));
});

test('the focused row keeps the focus when it changes', async () => {
  const wire = aWire(() => anAnswer([running, failed]));
  showList(wire);
  press('j');
  await act(async () => wire.send('task', { task: { ...running, progress: 0.9 }, fits: true }));
  expect(document.activeElement).toBe(link('VM 204 - Migrate'));
});

test('a cluster that is away has a banner, and its running rows are unknown since it was last seen', () => {
  const away = aCluster({
    state: 'away',
    since: '2025-11-20T14:18:00Z',
    as_of: '2025-11-20T14:18:00Z',
    error: 'refused',
  });
  showList(
    aWire(() => anAnswer([running])),
    '/tasks',
    [away],
  );
  expect(screen.getByText(/has not answered/).textContent).toBe('lab has not answered since 14:18');
  expect(screen.getByText('Last seen running at 14:18')).toBeDefined();
  expect(screen.queryByRole('progressbar')).toBeNull();
  expect(screen.getByRole('img', { name: 'Unknown' })).toBeDefined();
});

test('a refused search leaves rows on the screen and says which search they are of', async () => {
  const error = {
    code: 'value_expected',
    message: 'Value expected after "=".',
    position: 7,
    length: 0,
    request_id: 'r',
  };
  const wire = aWire((search) => (search === '' ? anAnswer([failed]) : { status: 400, error }));
  showList(wire, '/tasks?search=state+%3D');
  expect(await screen.findByText('Still showing all tasks')).toBeDefined();
  expect(rows()).toHaveLength(1);
});

test('a failed answer says so with its request id, and can be asked again', async () => {
  let works = false;
  const error = { code: 'internal', message: 'The archive could not be read.', request_id: 'b7c5' };
  showList(
    aWire((search) => (search === '' || works ? anAnswer([failed]) : { status: 500, error })),
    '/tasks?search=x',
  );
  expect(await screen.findByText('b7c5')).toBeDefined();
  works = true;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByText('b7c5')).toBeNull());
});

test('nothing found says what is kept and what one change would bring', async () => {
  const found = (search: string) => (search === 'node = pve1' ? anAnswer([failed], { subtotal: 38 }) : anAnswer([]));
  showList(aWire(found), '/tasks?search=label+%3D+qmigrat+and+node+%3D+pve1');
  expect(screen.getByText(/482,310 tasks are kept/)).toBeDefined();
  const offer = await screen.findByRole('link', { name: /without label = qmigrat/ });
  expect(offer.textContent).toContain('38 tasks');
  expect(offer.getAttribute('href')).toBe('/tasks?search=node+%3D+pve1');
});

test('before the first sweep ends the list says how far it is', () => {
  const node = {
    node: 'pve1',
    state: 'online' as const,
    as_of: null,
    lag: null,
    running: 0,
    logs_to_fetch: 0,
    error: null,
  };
  const starting = aCluster({
    state: 'starting',
    nodes: [
      { ...node, last_sweep: '2025-11-20T14:31:00Z', next_try: null },
      { ...node, node: 'pve2', last_sweep: null, next_try: null },
    ],
  });
  showList(
    aWire(() => anAnswer([], { total: 0 })),
    '/tasks',
    [starting],
  );
  expect(screen.getByText('The first sweep of lab is running: 1 of 2 nodes.')).toBeDefined();
});
