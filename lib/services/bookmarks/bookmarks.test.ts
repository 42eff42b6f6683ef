import { expect, test } from 'vitest';
import { anArchive, aSave, aTask, aView, type TestArchive } from '@/lib/archive/an-archive.test-support';
import { BookmarkAnswer, BookmarksAnswer, BookmarksRequest, NewBookmark } from '@/lib/contract/bookmark';
import type { Viewer } from '@/lib/domain/visibility';
import type { Context } from '@/lib/services/context';
import { AUDITOR, aContext } from '@/lib/services/tasks/a-context.test-support';
import { createBookmark } from './create';
import { deleteBookmark } from './delete';
import { listBookmarks } from './list';

const CLUSTERS = ['lab', 'office'].map((id) => ({ id, name: id }));
const STOCK = ['running', 'failed', 'mine', 'long running'];

/** Someone by their user in each cluster. */
const person = (archive: TestArchive, users: Record<string, string>): Context => {
  const views = Object.entries(users).map(([id, identity]) => [id, aView({ identity, permissions: AUDITOR })] as const);
  const viewer: Viewer = { clusters: new Map(views) };
  return aContext({ archive, viewer, clusters: CLUSTERS }).ctx;
};
const list = async (ctx: Context) =>
  BookmarksAnswer.parse(await listBookmarks(ctx, BookmarksRequest.parse({}))).bookmarks;
const names = async (ctx: Context) => (await list(ctx)).map(({ name }) => name);
const save = async (ctx: Context, wish: object) =>
  BookmarkAnswer.parse(await createBookmark(ctx, NewBookmark.parse(wish)));

test('everyone has the stock searches, with their numbers, until they throw one away', async () => {
  await using archive = await anArchive();
  await archive.saveTasks(aSave([aTask({ status: 'no space' }), aTask({ status: '' }), aTask({ user: 'alice@pve' })]));
  const alice = person(archive, { lab: 'alice@pve' });
  expect((await list(alice)).map(({ name, count, owner, cluster }) => [name, count, owner, cluster])).toEqual([
    ['running', 1, 'alice@pve', 'lab'],
    ['failed', 1, 'alice@pve', 'lab'],
    ['mine', 1, 'alice@pve', 'lab'],
    ['long running', 0, 'alice@pve', 'lab'],
  ]);
  expect(await deleteBookmark(alice, { id: 'stock-long-running' })).toEqual({ id: 'stock-long-running' });
  expect(await names(alice)).toEqual(STOCK.slice(0, 3));
  expect(await names(person(archive, { lab: 'bob@pve' }))).toEqual(STOCK);
  await save(alice, { name: 'long running', search: 'duration > 1d' });
  expect(await names(alice)).toEqual(['long running', ...STOCK.slice(0, 3)]);
});

test('a search is kept in canonical text for its owner, or for everyone in the cluster', async () => {
  await using archive = await anArchive();
  const alice = person(archive, { lab: 'alice@pve', office: 'a@pam' });
  const bob = person(archive, { lab: 'bob@pve' });
  const kept = await save(alice, { name: ' nightly ', search: 'label=vzdump', order: 'duration desc', public: true });
  expect(kept).toMatchObject({
    name: 'nightly',
    search: 'label = vzdump',
    order: 'duration DESC',
    cluster: 'lab',
    own: true,
  });
  await save(alice, { name: 'private', search: '', cluster: 'office' });
  expect(await names(alice)).toEqual(['nightly', 'private', ...STOCK]);
  expect((await list(bob)).at(-1)).toEqual({ ...kept, own: false });
  expect(await names(person(archive, { office: 'bob@pve' }))).toEqual(STOCK);
  expect(await names(person(archive, { lab: 'alice@pve!ci' }))).toEqual(['nightly', ...STOCK]);
  expect(await names(person(archive, {}))).toEqual([]);
});

test('only one’s own can be deleted, and what is not seen is not there', async () => {
  await using archive = await anArchive();
  const alice = person(archive, { lab: 'alice@pve' });
  const bob = person(archive, { lab: 'bob@pve' });
  const shared = await save(alice, { name: 'shared', search: 'a', public: true });
  const hidden = await save(alice, { name: 'hidden', search: 'b' });
  await expect(deleteBookmark(bob, { id: shared.id })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(deleteBookmark(bob, { id: hidden.id })).rejects.toMatchObject({ code: 'not_found' });
  await deleteBookmark(alice, { id: shared.id });
  expect(await names(bob)).toEqual(STOCK);
});

test('a name stands once in what a person sees', async () => {
  await using archive = await anArchive();
  const alice = person(archive, { lab: 'alice@pve' });
  const bob = person(archive, { lab: 'bob@pve' });
  await save(bob, { name: 'x', search: 'a' });
  await save(alice, { name: 'X', search: 'b', public: true });
  expect((await list(bob)).map(({ search }) => search)).toContain('a');
  expect((await list(bob)).map(({ search }) => search)).not.toContain('b');
  for (const name of ['x', 'RUNNING']) {
    await expect(save(alice, { name, search: 'c' })).rejects.toMatchObject({ code: 'conflict' });
  }
});

test('what cannot be read is not kept, and nobody keeps anything for nobody', async () => {
  await using archive = await anArchive();
  const alice = person(archive, { lab: 'alice@pve' });
  await expect(save(alice, { name: 'x', search: 'label =' })).rejects.toMatchObject({ code: 'value_expected' });
  await expect(save(alice, { name: 'x', search: '', order: 'log' })).rejects.toMatchObject({ code: 'unknown_field' });
  await expect(save(alice, { name: 'x', search: '', cluster: 'office' })).rejects.toMatchObject({
    code: 'not_signed_in',
  });
  await expect(save(person(archive, {}), { name: 'x', search: '' })).rejects.toMatchObject({ code: 'not_signed_in' });
  expect(NewBookmark.safeParse({ name: ' ', search: '' }).success).toBe(false);
});
