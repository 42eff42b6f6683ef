import type { EpochSeconds } from '@/lib/domain/time';
import { zoneOf } from '@/lib/domain/zone';
import type { Query } from './ast';
import { bind } from './bind';
import type { BoundQuery } from './bound';
import { type Notice, type Place, QueryError } from './errors';
import { parse } from './parse';
import { print } from './print';
import { resolve } from './resolve';

/** `timeZone` is an IANA name. `strict` where the result is acted upon without a person looking at the list first. */
export type ReadOptions = { now: EpochSeconds; timeZone: string; strict?: boolean };

/** A query that was read: ready to run, in its canonical text, with what its writer should be told. */
export type ReadQuery = { bound: BoundQuery; canonical: string; notices: readonly Notice[]; tree: Query };

/** Reads the text of a search (search-language 1, stages 1 to 3). Throws QueryError, and RangeError for an unknown zone. */
export function readQuery(text: string, { now, timeZone, strict = false }: ReadOptions): ReadQuery {
  const zone = zoneOf(timeZone);
  const parsed = parse(text);
  const tree = resolve(parsed.query);
  const canonical = print(tree);
  const { bound, notices } = bind(tree, { now, zone });
  const mixed: Notice[] = parsed.mixed
    ? [{ code: 'mixed_and_or', message: `Read as: ${canonical}.`, ...parsed.mixed }]
    : [];
  const all = [...parsed.notices, ...mixed, ...notices];
  if (strict) checkStrict(text, tree, all);
  return { bound, canonical, notices: all, tree };
}

/** A part of a query that was read, made ready to run by itself. */
export const bindPart = (tree: Query, { now, timeZone }: Omit<ReadOptions, 'strict'>): BoundQuery =>
  bind(tree, { now, zone: zoneOf(timeZone) }).bound;

const REPAIRS: ReadonlySet<string> = new Set(['dangling_connective', 'unclosed_paren', 'unclosed_quote']);

function checkStrict(text: string, tree: Query, notices: readonly Notice[]): void {
  const refuse = (code: QueryError['code'], message: string, { position, length }: Place): never => {
    throw new QueryError(code, message, { position, length, token: text.slice(position, position + length) });
  };
  const repair = notices.find(({ code }) => REPAIRS.has(code));
  if (repair) refuse('strict_repair', `${repair.message} Here a search must be written without mistakes.`, repair);
  const mixed = notices.find(({ code }) => code === 'mixed_and_or');
  if (mixed) refuse('strict_mixed', `${mixed.message} Here "and" and "or" need parentheses.`, mixed);
  if (tree.kind === 'all') {
    refuse('strict_empty', 'An empty search would mean every task. Here it must name some.', {
      position: 0,
      length: 0,
    });
  }
}
