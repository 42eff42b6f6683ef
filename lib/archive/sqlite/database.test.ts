import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { SqlValue, Statement } from '@/lib/archive/engine';
import { Database } from './database';

async function aDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), 'database-'));
  const database = new Database(dataDir);
  const one = (text: string, ...values: SqlValue[]): Statement => ({
    file: 'archive',
    query: sql.raw(text),
    rows: [values],
  });
  return {
    database,
    one,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

test('a full disk is told as such, changes nothing, and is over when there is room', async () => {
  await using test = await aDatabase();
  const { database, one } = test;
  await database.write([one('create table t (a text)'), one("insert into t values ('kept')")]);
  await database.write([one('pragma max_page_count = 5')]);
  const large = one('insert into t values (?)', 'x'.repeat(100_000));
  await expect(database.write([one("insert into t values ('lost')"), large])).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('full'),
  });
  expect(await database.readRows(one('select a from t'))).toEqual([{ a: 'kept' }]);
  await database.write([one('pragma max_page_count = 1000')]);
  await database.write([large]);
});

test('a statement that fails rolls its whole message back', async () => {
  await using test = await aDatabase();
  const { database, one } = test;
  await database.write([one('create table t (a integer primary key)')]);
  await expect(database.write([one('insert into t values (1)'), one('insert into t values (1)')])).rejects.toThrow();
  expect(await database.readRows(one('select count(*) as n from t'))).toEqual([{ n: 0 }]);
});

test('the reading threads cannot write', async () => {
  await using test = await aDatabase();
  const { database, one } = test;
  await database.write([one('create table t (a)')]);
  await expect(database.read([one('insert into t values (1)')])).rejects.toMatchObject({ code: 'unavailable' });
});

test('jobs that read before they write do not meet', async () => {
  await using test = await aDatabase();
  const { database, one } = test;
  await database.write([one('create table t (n integer)'), one('insert into t values (0)')]);
  const addOne = async () => {
    const [row] = await database.readRows<{ n: number }>(one('select n from t'));
    await database.write([one('update t set n = ?', (row?.n ?? 0) + 1)]);
  };
  await Promise.all(Array.from({ length: 50 }, () => database.exclusively(addOne)));
  expect(await database.readRows(one('select n from t'))).toEqual([{ n: 50 }]);
});
