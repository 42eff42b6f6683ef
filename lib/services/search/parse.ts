import type { ParseAnswer, ParseRequest } from '@/lib/contract/search';
import { chipsOf } from '@/lib/domain/search/chips';
import { parse } from '@/lib/domain/search/parse';
import { treeOf } from '@/lib/domain/search/tree';
import type { Context } from '@/lib/services/context';
import { noticesOf, readSearch } from '@/lib/services/tasks/read-search';

/** How a search is read. Throws QueryError. */
export function parseSearch(ctx: Context, { search, strict, tz }: ParseRequest): ParseAnswer {
  const read = readSearch(ctx, search, tz, strict === 'true');
  return {
    canonical: read.canonical,
    tree: treeOf(parse(search).query),
    chips: chipsOf(search).map(({ field, op, values, text }) =>
      field === null ? { text } : { field, op, values: [...values] },
    ),
    notices: noticesOf(read),
  };
}
