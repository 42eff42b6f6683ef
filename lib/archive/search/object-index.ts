import { type Kysely, sql } from 'kysely';
import type { Dialect } from '@/lib/archive/dialect';
import type { Dictionaries, LabelEntry } from '@/lib/archive/dictionaries';
import type { ArchiveSchema } from '@/lib/archive/schema';
import { vmidOf } from '@/lib/domain/guest';
import type { TextTest } from '@/lib/domain/search/bound';
import { fold } from '@/lib/domain/search/match';
import { allOf, anyOf, type Condition, idsOf } from './condition';
import { textTestFits } from './text-test';

/** What conditions on objects are made with. */
type Known = { dictionaries: Dictionaries; dialect: Dialect };

const SEPARATOR = ' '; // no UPID holds a blank

/**
 * The objects each label was ever seen with, so that conditions on a task's id or sentence run over them and not over
 * every task. Objects are few (guests, services, storages); a pair that no task has any more does no harm.
 */
export class ObjectIndex {
  readonly #byLabel = new Map<number, Sentences>();
  readonly #labelsOf = new Map<string, Set<number>>();
  #loaded: Promise<void> | undefined;

  /** Reads what was there before this process, once; what is saved meanwhile is added by the one who saves it. */
  load(db: Kysely<ArchiveSchema>): Promise<void> {
    this.#loaded ??= db
      .selectFrom('task')
      .select(['label_id', 'object'])
      .distinct()
      .execute()
      .then((rows) => {
        for (const { label_id, object } of rows) this.add(label_id, object ?? '');
      })
      .catch((error) => {
        this.#loaded = undefined;
        throw error;
      });
    return this.#loaded;
  }

  /** Has the next search read it anew: something was missed. */
  forget(): void {
    this.#loaded = undefined;
  }

  has(labelId: number, object: string): boolean {
    return this.#labelsOf.get(object)?.has(labelId) ?? false;
  }

  add(labelId: number, object: string): void {
    const labels = this.#labelsOf.get(object);
    if (labels?.has(labelId)) return;
    if (labels) labels.add(labelId);
    else this.#labelsOf.set(object, new Set([labelId]));
    const sentences = this.#byLabel.get(labelId) ?? new Sentences();
    sentences.add(object);
    this.#byLabel.set(labelId, sentences);
  }

  /** Tasks whose object fits one of the tests; with `negate` all others. The empty object is no value. */
  resolveObject({ dictionaries, dialect }: Known, tests: readonly TextTest[], negate: boolean): Condition {
    const found: string[] = [];
    const pairs: [LabelEntry, string][] = [];
    for (const [object, labelIds] of this.#labelsOf) {
      if (object === '' || !tests.some((test) => textTestFits(test, object))) continue;
      found.push(object);
      for (const id of labelIds) pairs.push([dictionaries.label.get(id) ?? UNKNOWN, object]);
    }
    if (found.length === 0) return idsOf(dictionaries, 'label_id', () => false, negate);
    const is = dialect.isOneOf(sql`task.object`, found);
    return negate
      ? { kind: 'sql', sql: sql`not ${is}` }
      : { kind: 'sql', sql: is, within: within(dictionaries, pairs) };
  }

  /** Tasks whose sentence fits one of the tests; with `negate` all others. */
  resolveSentence({ dictionaries, dialect }: Known, tests: readonly TextTest[], negate: boolean): Condition {
    const whole = new Set<number>();
    const pairs: [LabelEntry, string][] = [];
    const keys: string[] = [];
    for (const label of dictionaries.label.entries) {
      const fitting = this.#byLabel.get(label.id)?.fitting(label, tests) ?? 'all';
      if (fitting === 'all') whole.add(label.id);
      else {
        for (const object of fitting) {
          pairs.push([label, object]);
          keys.push(`${label.id}${SEPARATOR}${object}`);
        }
      }
    }
    const all = idsOf(dictionaries, 'label_id', (label) => whole.has(label.id), negate);
    if (pairs.length === 0) return all;
    const key = sql`(cast(task.label_id as text) || ${sql.lit(SEPARATOR)} || task.object)`;
    const found = dialect.isOneOf(key, keys);
    if (negate) return allOf([all, { kind: 'sql', sql: sql`not ${found}` }]);
    return anyOf([all, { kind: 'sql', sql: found, within: within(dictionaries, pairs) }]);
  }
}

const UNKNOWN: LabelEntry = { label: '', family: '', description: { around: null, bare: '' } };

/** The guests that these objects name, and the labels of those that name none: columns that have an index. */
function within(dictionaries: Dictionaries, pairs: readonly [LabelEntry, string][]): Condition {
  const vmids = new Set<number>();
  const labels = new Set<string>();
  for (const [{ label }, object] of pairs) {
    const vmid = vmidOf(label, object);
    if (vmid === null) labels.add(label);
    else vmids.add(vmid);
  }
  return anyOf([
    idsOf(dictionaries, 'guest_id', (guest) => vmids.has(guest.vmid)),
    idsOf(dictionaries, 'label_id', (label) => labels.has(label.label)),
  ]);
}

/** The sentences of one label, folded in one text: most words are in none of them, which one look says. */
class Sentences {
  readonly #objects: string[] = [];
  #text = '';
  #starts: number[] | undefined;

  add(object: string): void {
    this.#objects.push(object);
    this.#starts = undefined;
  }

  fitting(label: LabelEntry, tests: readonly TextTest[]): 'all' | Set<string> {
    const { around, bare } = label.description;
    if (!around) return tests.some((test) => textTestFits(test, bare)) ? 'all' : new Set();
    const sentenceOf = (object: string) => (object === '' ? bare : around.prefix + object + around.suffix);
    const found = new Set<string>();
    for (const test of tests) {
      for (const object of this.#candidates(sentenceOf, needleOf(test))) {
        if (textTestFits(test, sentenceOf(object))) found.add(object);
      }
    }
    return found.size === this.#objects.length ? 'all' : found;
  }

  *#candidates(sentenceOf: (object: string) => string, needle: string): Generator<string> {
    if (needle === '') return yield* this.#objects;
    this.#starts ??= this.#index(sentenceOf);
    let line = 0;
    for (let at = this.#text.indexOf(needle); at >= 0; at = this.#text.indexOf(needle, this.#starts[line])) {
      line = lineAfter(this.#starts, at, line);
      yield this.#objects[line - 1] ?? '';
      if (line >= this.#starts.length) return;
    }
  }

  #index(sentenceOf: (object: string) => string): number[] {
    const starts: number[] = [];
    const lines: string[] = [];
    let length = 0;
    for (const object of this.#objects) {
      const line = `${fold(sentenceOf(object))}\n`;
      starts.push(length);
      lines.push(line);
      length += line.length;
    }
    this.#text = lines.join('');
    return starts;
  }
}

/** How many lines begin at or before a position. */
function lineAfter(starts: readonly number[], at: number, from: number): number {
  let low = from;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A folded text that every hit of the test holds; empty when it may be anything. */
function needleOf(test: TextTest): string {
  switch (test.how) {
    case 'equal':
    case 'prefix':
      return fold(test.value);
    case 'number':
      return test.digits;
    case 'like':
      return test.pattern.pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
  }
}
