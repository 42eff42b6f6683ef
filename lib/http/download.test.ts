import { expect, test } from 'vitest';
import { serveDownload } from './download';

const TEXT = 'line 1\nline 2\nTASK OK\n';

const file = (size: number | null = TEXT.length) => ({
  fileName: 'task-lab-pve1.log',
  size,
  bytes: async (from: number, to: number) => new Blob([TEXT.slice(from, to)]).stream(),
});

test('without a range the whole file comes as a download', async () => {
  const answer = await serveDownload(file(), 'r1', null);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="task-lab-pve1.log"');
  expect(answer.headers.get('content-length')).toBe(String(TEXT.length));
  expect(await answer.text()).toBe(TEXT);
});

test.each([
  ['bytes=0-5', 'line 1', 'bytes 0-5/22'],
  ['bytes=7-', 'line 2\nTASK OK\n', 'bytes 7-21/22'],
  ['bytes=-8', 'TASK OK\n', 'bytes 14-21/22'],
  ['bytes=14-999', 'TASK OK\n', 'bytes 14-21/22'],
  ['bytes=-999', TEXT, 'bytes 0-21/22'],
])('%s gives that part', async (range, text, contentRange) => {
  const answer = await serveDownload(file(), 'r1', range);
  expect(answer.status).toBe(206);
  expect(answer.headers.get('content-range')).toBe(contentRange);
  expect(await answer.text()).toBe(text);
});

test.each(['bytes=22-', 'bytes=900-901', 'bytes=-0'])('%s begins behind the end', async (range) => {
  const answer = await serveDownload(file(), 'r1', range);
  expect(answer.status).toBe(416);
  expect(answer.headers.get('content-range')).toBe('bytes */22');
});

test.each(['bytes=5-2', 'bytes=-', 'bytes=0-1,4-5', 'lines=1-2'])('%s is no range to honour', async (range) => {
  expect((await serveDownload(file(), 'r1', range)).status).toBe(200);
});

test('a file of unknown size comes whole, whatever range is asked for', async () => {
  const answer = await serveDownload(file(null), 'r1', 'bytes=0-5');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('accept-ranges')).toBeNull();
  expect(await answer.text()).toBe(TEXT);
});
