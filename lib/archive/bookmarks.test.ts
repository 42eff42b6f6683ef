import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { anArchive, ENGINES } from './an-archive.test-support';
import type { Bookmark, Owner } from './archive';

const alice: Owner = { cluster: 'lab', user: 'alice@pve' };
const bob: Owner = { cluster: 'lab', user: 'bob@pve' };
const other: Owner = { cluster: 'office', user: 'alice@pve' };

let ids = 0;
const aBookmark = (bookmark: Partial<Bookmark> = {}): Bookmark => {
  ids += 1;
  return {
    ...{ id: `id-${ids}`, owner: alice, name: `n${ids}`, search: 'state = running', order: 'started_at DESC' },
    ...{ isPublic: false, ...bookmark },
  };
};

describe.each(ENGINES)('on %s', (engine) => {
  test('one’s own come first, then public ones of the same cluster, each by name', async () => {
    await using archive = await anArchive(engine);
    const mine = aBookmark({ name: 'z' });
    const shared = aBookmark({ owner: bob, name: 'a', isPublic: true, search: `'; drop table bookmark; -- "` });
    for (const one of [mine, shared, aBookmark({ owner: bob }), aBookmark({ owner: other, isPublic: true })]) {
      expect(await archive.addBookmark(one)).toBe(true);
    }
    expect(await archive.bookmarks([alice])).toEqual([mine, shared]);
    expect(await archive.bookmarks([])).toEqual([]);
    await archive.deleteBookmark(mine.id);
    expect(await archive.bookmarks([alice])).toEqual([shared]);
  });

  test('an owner has a name once, another owner may have it too', async () => {
    await using archive = await anArchive(engine);
    expect(await archive.addBookmark(aBookmark({ name: 'x' }))).toBe(true);
    expect(await archive.addBookmark(aBookmark({ name: 'x' }))).toBe(false);
    expect(await archive.addBookmark(aBookmark({ name: 'x', owner: other }))).toBe(true);
    expect(await archive.bookmarks([alice, other])).toHaveLength(2);
  });

  test('a stock search is thrown away by its person alone, and may be so again', async () => {
    await using archive = await anArchive(engine);
    await archive.dropStock([alice, other], 'mine');
    await archive.dropStock([alice], 'mine');
    expect(await archive.droppedStock([other])).toEqual(['mine']);
    expect(await archive.droppedStock([bob])).toEqual([]);
  });

  test('history has each search once, latest first, and keeps no more than told', async () => {
    await using archive = await anArchive(engine);
    for (const [at, search] of ['a', 'b', 'c', 'a', 'd'].entries()) await archive.noteSearch(alice, search, at, 3);
    await archive.noteSearch(bob, 'secret', 9, 3);
    await archive.noteSearch(other, 'c', 10, 3);
    expect(await archive.searchHistory([alice], 10)).toEqual(['d', 'a', 'c']);
    expect(await archive.searchHistory([alice, other], 2)).toEqual(['c', 'd']);
    await archive.forgetSearches([alice]);
    expect(await archive.searchHistory([alice], 10)).toEqual([]);
    expect(await archive.searchHistory([bob], 10)).toEqual(['secret']);
  });

  test('the longest search is kept, in the history and by a name', async () => {
    await using archive = await anArchive(engine);
    const search = randomBytes(2048).toString('hex'); // nothing that a database could make shorter
    await archive.noteSearch(alice, search, 1, 3);
    expect(await archive.searchHistory([alice], 10)).toEqual([search]);
    expect(await archive.addBookmark(aBookmark({ search }))).toBe(true);
  });
});
