import { epochSeconds } from '@/lib/domain/time';
import type { ListReading } from './archive';
import type { Core } from './core';
import { build, statementOf } from './statement';

/** What the last whole reading of a node's list came to; undefined before the first. */
export async function lastReading({ database }: Core, cluster: string, node: string): Promise<ListReading | undefined> {
  const row = await database.reads
    .selectFrom('reading')
    .select(['at', 'newest'])
    .where('cluster', '=', cluster)
    .where('node', '=', node)
    .executeTakeFirst();
  if (!row) return undefined;
  const newest: string[] = JSON.parse(row.newest); // written below
  return { at: epochSeconds(row.at), newest };
}

export async function saveReading(
  { database }: Core,
  cluster: string,
  node: string,
  { at, newest }: ListReading,
): Promise<void> {
  const reading = { at, newest: JSON.stringify(newest) };
  const query = build
    .insertInto('reading')
    .values({ cluster, node, ...reading })
    .onConflict((conflict) => conflict.columns(['cluster', 'node']).doUpdateSet(reading));
  await database.writeAlone(statementOf(query));
}
