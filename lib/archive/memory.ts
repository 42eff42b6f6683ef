import type { Kysely } from 'kysely';
import { Dictionaries, type NewEntries } from './dictionaries';
import type { ArchiveSchema } from './schema';
import { ObjectIndex } from './search/object-index';
import { Statistics, type StatisticsChange } from './statistics';

/** What one transaction did to what is held in memory; plain data, so that it can be sent to other instances. */
export type Change = {
  /** Archive ids of the tasks that were added or changed. */
  tasks: readonly number[];
  entries?: NewEntries;
  statistics?: StatisticsChange;
  /** Labels with the objects they were seen with. */
  objects?: readonly (readonly [labelId: number, object: string])[];
};

/** What is known of the archive without asking the database; it follows every commit, each of them once and in order. */
export class Memory {
  readonly dictionaries = new Dictionaries();
  readonly statistics = new Statistics();
  readonly objects = new ObjectIndex();

  /** Reads all of it from one state of the database. Objects are read again by the first search that asks for them. */
  async load(db: Kysely<ArchiveSchema>): Promise<void> {
    await this.dictionaries.load(db);
    await this.statistics.load(db);
    this.objects.forget();
  }

  take({ entries, statistics, objects }: Change): void {
    if (entries) this.dictionaries.take(entries);
    if (statistics) this.statistics.take(statistics);
    for (const [label, object] of objects ?? []) this.objects.add(label, object);
  }
}
