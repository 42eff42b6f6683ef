import { expect, test } from 'vitest';
import {
  aGuest,
  anArchive,
  aSave,
  aTask,
  guestsOf,
  NOW,
  type TestArchive,
} from '@/lib/archive/an-archive.test-support';
import {
  CompleteAnswer,
  CompleteRequest,
  FacetsAnswer,
  FacetsRequest,
  HistogramAnswer,
  HistogramRequest,
  ParseAnswer,
  ParseRequest,
} from '@/lib/contract/search';
import { epochSeconds, isoTime } from '@/lib/domain/time';
import { aContext, aViewer } from '@/lib/services/tasks/a-context.test-support';
import { completeSearch } from './complete';
import { countFacets } from './facets';
import { countByStart } from './histogram';
import { clearHistory, listHistory, noteSearch } from './history';
import { parseSearch } from './parse';

/** Three tasks on two nodes; the guests of pve2 are somebody else's. */
async function fill(archive: TestArchive) {
  const guests = guestsOf(
    aGuest({ vmid: 100, name: 'web-1', tags: ['prod'] }),
    aGuest({ vmid: 200, name: 'secret', tags: ['hush'], pool: 'vault' }),
  );
  const theirs = { node: 'pve2', type: 'secretjob', id: '200', user: 'eve@pve', token: 'spy' };
  await archive.saveTasks(
    aSave([aTask({ type: 'vzdump' }), aTask({ type: 'vzdump', status: 'no space' })], { guests }),
  );
  await archive.saveTasks(aSave([aTask({ ...theirs, status: 'hush hush' })], { guests, listedBy: 'pve2' }));
}

const oneNode = aViewer({ permissions: { '/nodes/pve1': { 'Sys.Audit': 1 } }, guests: new Set([100]) });

const tokens = async (ctx: ReturnType<typeof aContext>['ctx'], text: string) =>
  CompleteAnswer.parse(await completeSearch(ctx, CompleteRequest.parse({ text }))).suggestions;

test('values are completed most frequent in this search first, then those it leaves out', async () => {
  await using archive = await anArchive();
  await fill(archive);
  const { ctx } = aContext({ archive });
  expect((await tokens(ctx, 'label = ')).map(({ token, count }) => [token, count])).toEqual([
    ['vzdump', 2],
    ['secretjob', 1],
  ]);
  expect((await tokens(ctx, 'node = pve2 and label = ')).map(({ token, count }) => [token, count])).toEqual([
    ['secretjob', 1],
    ['vzdump', 0],
  ]);
  expect((await tokens(ctx, 'label = *job')).map(({ token }) => token)).toEqual(['secretjob']);
  expect((await tokens(ctx, 'label = vzdump and result = e')).map(({ token, count }) => [token, count])).toEqual([
    ['error', 1],
  ]);
  expect((await tokens(ctx, 'exitstatus = n'))[0]).toMatchObject({
    ...{ token: '"no space"', text: 'exitstatus = "no space"', kind: 'value', count: 1, exact: true, name: null },
  });
});

test('the caret is where it is said to be, and a refused text is answered with its error', async () => {
  await using archive = await anArchive();
  const { ctx } = aContext({ archive });
  const ask = (request: object) => completeSearch(ctx, CompleteRequest.parse(request));
  expect((await ask({ text: 'res = error', cursor: '3' })).suggestions[0]?.text).toBe('result = error');
  expect((await ask({ text: 'la', cursor: '99' })).suggestions[0]?.text).toBe('label');
  expect(await ask({ text: 'foo = ' })).toMatchObject({
    suggestions: [],
    error: { code: 'unknown_field', position: 0 },
  });
  expect((await ask({ text: 'log ~ x and label = ' })).error).toMatchObject({ code: 'value_expected' });
});

test('saved searches are completed by name', async () => {
  await using archive = await anArchive();
  const { ctx } = aContext({ archive });
  expect(await tokens(ctx, 'vzdump and long')).toMatchObject([
    { kind: 'search', name: 'long running', text: 'vzdump and (state = running and duration > 2d)' },
  ]);
});

test('completion, facets and bars tell a viewer of one node nothing of another', async () => {
  await using archive = await anArchive();
  await fill(archive);
  const { ctx } = aContext({ archive, viewer: oneNode });
  const told: unknown[] = [];
  const fields = ['label', 'node', 'cluster', 'user', 'realm', 'token', 'tag', 'pool', 'guest', 'exitstatus'];
  for (const field of fields) {
    for (const typed of ['', 's', 'h', 'v', 'e', '*']) told.push(await tokens(ctx, `${field} = ${typed}`));
  }
  for (const search of ['', 'node = pve2', 'not node = pve1', 'guest = secret or result = error']) {
    told.push(await countFacets(ctx, FacetsRequest.parse({ search, fields: [...fields, 'result'].join(',') })));
  }
  expect(JSON.stringify(told)).not.toMatch(/secret|hush|vault|eve|spy|pve2/);
  const to = isoTime(epochSeconds(NOW + 60));
  const bars = await countByStart(ctx, HistogramRequest.parse({ to }));
  expect(bars.buckets.map(({ by_result }) => by_result).filter((one) => Object.keys(one).length > 0)).toEqual([
    { success: 1, error: 1 },
  ]);
});

test('a field is counted without its own chip, other parts of the search stay', async () => {
  await using archive = await anArchive();
  await fill(archive);
  const { ctx } = aContext({ archive });
  const search = 'result = error and label ^ (vzdump) and node != pve9';
  const answer = FacetsAnswer.parse(
    await countFacets(ctx, FacetsRequest.parse({ search, fields: 'result,label,node' })),
  );
  expect(answer).toEqual({
    result: [
      { value: 'error', count: 1, exact: true },
      { value: 'success', count: 1, exact: true },
    ],
    label: [
      { value: 'secretjob', count: 1, exact: true },
      { value: 'vzdump', count: 1, exact: true },
    ],
    node: [{ value: 'pve1', count: 1, exact: true }],
  });
  await expect(countFacets(ctx, FacetsRequest.parse({ search: 'label =' }))).rejects.toMatchObject({
    code: 'value_expected',
  });
});

test('only fields that have few values can be counted', () => {
  expect(FacetsRequest.safeParse({ fields: 'label,upid' }).success).toBe(false);
  expect(FacetsRequest.safeParse({ tz: 'Mars/Olympus' }).success).toBe(false);
  expect(FacetsRequest.safeParse({ colour: 'red' }).success).toBe(false);
});

test('a search is told as it is read', async () => {
  await using archive = await anArchive();
  const { ctx } = aContext({ archive });
  const read = (request: object) => ParseAnswer.parse(parseSearch(ctx, ParseRequest.parse(request)));
  expect(read({ search: 'state = stopped and result = failed' })).toEqual({
    canonical: 'state = stopped and result = error',
    tree: ['and', ['eq', 'state', 'stopped'], ['eq', 'result', 'failed']],
    chips: [
      { field: 'state', op: '=', values: ['stopped'] },
      { field: 'result', op: '=', values: ['error'] },
    ],
    notices: [],
  });
  expect(read({ search: 'vmid = 1 not (a or has tag) label ^ (x, y)' })).toMatchObject({
    tree: ['and', ['eq', 'vmid', '1'], ['not', ['or', 'a', ['notnull', 'tag']]], ['in', 'label', 'x', 'y']],
    chips: [{ field: 'vmid' }, { field: 'label', op: '^', values: ['x', 'y'] }, { text: 'not (a or has tag)' }],
  });
  expect(read({ search: '> 5' }).tree).toEqual(['gt', '5']);
  expect(read({ search: '' }).tree).toEqual(['all']);
  expect(read({ search: 'a or b and c' }).notices).toMatchObject([
    { code: 'mixed_and_or', canonical: 'a or (b and c)' },
  ]);
  expect(() => read({ search: 'a and', strict: 'true' })).toThrow(expect.objectContaining({ code: 'strict_repair' }));
});

test('bars are as long as the span needs, and a span that cannot be drawn is refused', async () => {
  await using archive = await anArchive();
  await fill(archive);
  const { ctx } = aContext({ archive, now: () => (NOW + 60) * 1000 });
  const ask = (request: object) => countByStart(ctx, HistogramRequest.parse(request));
  const day = HistogramAnswer.parse(await ask({}));
  expect(day.bucket_seconds).toBe(900);
  expect(day.buckets.at(-1)).toEqual({
    start: isoTime(epochSeconds(NOW - (NOW % 900))),
    by_result: { success: 1, error: 2 },
  });
  expect((await ask({ from: '2000-01-01T00:00:00Z' })).bucket_seconds).toBe(365 * 86_400);
  const week = await ask({ from: '2024-11-25T00:00:00+01:00', bucket: '86400', tz: 'Europe/Berlin' });
  expect(week.buckets[0]?.start).toBe('2024-11-24T23:00:00Z');
  await expect(ask({ from: '2024-01-01T00:00:00Z', bucket: '1' })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(ask({ from: '2100-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'bad_request' });
});

test('history is one’s own, in canonical text, and can be forgotten', async () => {
  await using archive = await anArchive();
  const { ctx } = aContext({ archive });
  const { ctx: other } = aContext({ archive, viewer: aViewer({ identity: 'other@pve' }) });
  await noteSearch(ctx, { search: 'label=vzdump' });
  expect(await noteSearch(ctx, { search: ' ' })).toEqual({ searches: ['label = vzdump'] });
  await expect(noteSearch(ctx, { search: 'label =' })).rejects.toMatchObject({ code: 'value_expected' });
  expect(await listHistory(other)).toEqual({ searches: [] });
  expect(await clearHistory(ctx)).toEqual({ searches: [] });
  expect(await listHistory(ctx)).toEqual({ searches: [] });
});
