import type { FacetsAnswer, FacetsRequest } from '@/lib/contract/search';
import { withoutChosen } from '@/lib/domain/search/chips';
import type { CountedField } from '@/lib/domain/search/fields';
import { bindPart } from '@/lib/domain/search/read-query';
import type { Context } from '@/lib/services/context';
import { nowOf } from '@/lib/services/tasks/answer';
import { readSearch } from '@/lib/services/tasks/read-search';

const MOST_VALUES = 20;

/** The values of each field in a search without what was chosen of that field itself. Throws QueryError. */
export async function countFacets(ctx: Context, { search, fields, tz }: FacetsRequest): Promise<FacetsAnswer> {
  const { tree, bound } = readSearch(ctx, search, tz);
  const now = nowOf(ctx);
  const ask = { viewer: ctx.viewer, limit: MOST_VALUES, now };
  const asked = [...new Set(fields.split(','))] as CountedField[]; // the contract lets no others through
  const others = new Map(asked.map((field) => [field, withoutChosen(tree, field)]));
  const plain = asked.filter((field) => others.get(field) === tree);
  const answers = await Promise.all([
    ...(plain.length > 0 ? [ctx.archive.countValues({ ...ask, query: bound, fields: plain })] : []),
    ...[...others].flatMap(([field, other]) =>
      plain.includes(field)
        ? []
        : [ctx.archive.countValues({ ...ask, query: bindPart(other, { now, timeZone: tz }), fields: [field] })],
    ),
  ]);
  const found = new Map(answers.flatMap((answer) => [...answer]));
  return Object.fromEntries(asked.map((field) => [field, found.get(field) ?? []]));
}
