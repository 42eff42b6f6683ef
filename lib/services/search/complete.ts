import type { CompleteAnswer, CompleteRequest } from '@/lib/contract/search';
import { hasCode } from '@/lib/domain/errors';
import { type Caret, caretAt } from '@/lib/domain/search/caret';
import { complete, type KnownValue } from '@/lib/domain/search/complete';
import { type CountedField, isCounted } from '@/lib/domain/search/fields';
import { bindPart } from '@/lib/domain/search/read-query';
import { zoneOf } from '@/lib/domain/zone';
import { savedSearches } from '@/lib/services/bookmarks/saved-searches';
import type { Context } from '@/lib/services/context';
import { nowOf } from '@/lib/services/tasks/answer';

const MOST_VALUES = 20;

/** What fits at the caret, with values of tasks that the viewer may see. A refused text is an answer like any other. */
export async function completeSearch(ctx: Context, { text, cursor, tz }: CompleteRequest): Promise<CompleteAnswer> {
  const now = nowOf(ctx);
  const at = Math.min(cursor ?? text.length, text.length);
  const caret = caretAt(text, at, { now, zone: zoneOf(tz) });
  const { asked } = caret;
  const known = {
    values:
      asked.what === 'value' && isCounted(asked.field.name) ? await valuesAt(ctx, caret, asked.field.name, tz) : [],
    searches: asked.what === 'operand' ? await savedSearches(ctx) : [],
  };
  const { suggestions, error } = complete(text, at, known, { now, timeZone: tz });
  if (!error) return { suggestions, error };
  const { code, message, position, length, token } = error;
  return { suggestions, error: { code, message, position, length, token, suggestions: [...error.suggestions] } };
}

/** Values with their number in the rest of the search, most frequent first, then those that it leaves out. */
async function valuesAt(ctx: Context, caret: Caret, field: CountedField, tz: string): Promise<KnownValue[]> {
  const now = nowOf(ctx);
  const isSet = field === 'state' || field === 'result' || field === 'family';
  const ask = { viewer: ctx.viewer, fields: [field], prefix: isSet ? '' : caret.typed, limit: MOST_VALUES, now };
  const count = async (query: ReturnType<typeof bindPart>) =>
    (await ctx.archive.countValues({ ...ask, query })).get(field) ?? [];
  const here = await count(bindPart(caret.rest, { now, timeZone: tz })).catch((error: unknown) => {
    // What cannot be searched yet is no reason to offer nothing.
    if (hasCode(error, 'not_supported')) return [];
    throw error;
  });
  if (caret.rest.kind === 'all' || here.length === MOST_VALUES) return here;
  const exact = here.every((one) => one.exact);
  const others = (await count({ kind: 'all' })).filter(({ value }) => here.every((one) => one.value !== value));
  return [...here, ...others.map(({ value }) => ({ value, count: 0, exact }))];
}
