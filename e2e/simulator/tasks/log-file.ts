import { randomFrom } from '../world/random.ts';
import { finalLine, type Script } from './script.ts';

/** A task's log on the node's disk. */
export type LogFile = {
  bytes(): Buffer;
  /** Unix seconds of the last write. */
  modifiedAt: number;
};

/** The log of a worker that runs here and now. */
export class GrowingLog implements LogFile {
  modifiedAt: number;
  #buffer = Buffer.alloc(256);
  #length = 0;

  constructor(now: number) {
    this.modifiedAt = now;
  }

  append(text: string | Buffer, now: number): void {
    const more = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
    const length = this.#length + more.length;
    if (length > this.#buffer.length) {
      const bigger = Buffer.alloc(length * 2);
      this.#buffer.copy(bigger, 0, 0, this.#length);
      this.#buffer = bigger;
    }
    more.copy(this.#buffer, this.#length);
    this.#length = length;
    this.modifiedAt = now;
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

export type Recipe = { script: Script; seed: number; startedAtMs: number };

const KEPT_BYTES = 64 * 1024 * 1024;
const kept = new Map<Recipe, Buffer>();
let keptBytes = 0;

/** The log of a task of the past: written again from its seed whenever somebody reads it. */
export class RecalledLog implements LogFile {
  modifiedAt: number;
  readonly #recipe: Recipe;

  constructor(recipe: Recipe, modifiedAt: number) {
    this.#recipe = recipe;
    this.modifiedAt = modifiedAt;
  }

  bytes(): Buffer {
    const known = kept.get(this.#recipe);
    if (known) return known;
    const parts: Buffer[] = [];
    for (const part of play(this.#recipe)) parts.push(typeof part === 'string' ? Buffer.from(part, 'utf8') : part);
    const bytes = Buffer.concat(parts);
    keptBytes += bytes.length;
    kept.set(this.#recipe, bytes);
    for (const [recipe, old] of kept) {
      if (keptBytes <= KEPT_BYTES || recipe === this.#recipe) break;
      kept.delete(recipe);
      keptBytes -= old.length;
    }
    return bytes;
  }
}

/** Runs a script to its end; gives the pieces of text and, last, how and after how many milliseconds it ended. */
function* play(recipe: Recipe): Generator<string | Buffer, { tookMs: number; status: string | null }> {
  const steps = recipe.script({ startedAtMs: recipe.startedAtMs, random: randomFrom(recipe.seed) });
  let tookMs = 0;
  for (;;) {
    const next = steps.next();
    if (next.done) {
      if ('lost' in next.value) return { tookMs, status: null };
      yield finalLine(next.value.status);
      return { tookMs, status: next.value.status };
    }
    tookMs += next.value.afterMs;
    yield next.value.text;
  }
}

/**
 * How a recipe ends, without keeping its text. A lost ending, and a final line glued to what stands before it, read as
 * `unexpected status` (4.5).
 */
export function rehearse(recipe: Recipe): { tookMs: number; status: string } {
  const pieces = play(recipe);
  let whole = true;
  let before = true;
  for (;;) {
    const next = pieces.next();
    if (next.done) {
      const { tookMs, status } = next.value;
      return { tookMs, status: status !== null && before ? status : 'unexpected status' };
    }
    if (next.value.length === 0) continue;
    before = whole;
    whole = next.value.at(-1) === (typeof next.value === 'string' ? '\n' : 10);
  }
}

/** A window of a log and the number of its lines; a last line without its line feed counts (4.6). */
export function readWindow(bytes: Buffer, start: number, limit: number): { lines: Buffer[]; total: number } {
  const lines: Buffer[] = [];
  let total = 0;
  for (let from = 0; from < bytes.length; total += 1) {
    const feed = bytes.indexOf(10, from);
    const end = feed < 0 ? bytes.length : feed;
    if (total >= start && (limit === 0 || total < start + limit)) lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return { lines, total };
}
