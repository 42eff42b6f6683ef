import { z } from 'zod';
import { COUNTED_FIELDS, type CountedField } from '@/lib/domain/search/fields';
import { RESULTS } from '@/lib/domain/task-result';
import { isTimeZone } from '@/lib/domain/zone';
import { Notice } from './task';

export const TimeZone = z.string().refine(isTimeZone, 'There is no such time zone').default('UTC');
const Time = z.iso.datetime({ offset: true });

export const CompleteRequest = z.strictObject({
  text: z.string().default(''),
  cursor: z.coerce.number().int().min(0).optional().describe("the caret's offset; the end of the text when absent"),
  tz: TimeZone,
});
export type CompleteRequest = z.infer<typeof CompleteRequest>;

const QueryRefusal = z.object({
  code: z.string(),
  message: z.string(),
  position: z.number().int(),
  length: z.number().int(),
  token: z.string(),
  suggestions: z.array(z.string()),
});

export const CompleteAnswer = z.object({
  suggestions: z.array(
    z.object({
      token: z.string().describe('what is inserted'),
      text: z.string().describe('the whole text once it is accepted'),
      caret: z.number().int().describe('its offset then'),
      kind: z.enum(['field', 'operator', 'value', 'connective', 'search']),
      name: z.string().nullable().describe('of a saved search'),
      count: z.number().int().nullable().describe('tasks that have the value, in the search so far'),
      exact: z.boolean().describe('false: at least so many'),
    }),
  ),
  error: QueryRefusal.nullable(),
});
export type CompleteAnswer = z.infer<typeof CompleteAnswer>;

export const ParseRequest = z.strictObject({
  search: z.string().default(''),
  strict: z.enum(['true', 'false']).default('false'),
  tz: TimeZone,
});
export type ParseRequest = z.infer<typeof ParseRequest>;

export const ParseAnswer = z.object({
  canonical: z.string(),
  tree: z.unknown().describe('a word is text, anything else a list as ["eq", "label", "vzdump"]'),
  chips: z.array(
    z.union([
      z.object({ field: z.string(), op: z.string(), values: z.array(z.string()) }),
      z.object({ text: z.string().describe('what is no simple comparison') }),
    ]),
  ),
  notices: z.array(Notice),
});
export type ParseAnswer = z.infer<typeof ParseAnswer>;

const isCountedField = (name: string): name is CountedField => COUNTED_FIELDS.some((field) => field === name);

export const FacetsRequest = z.strictObject({
  search: z.string().default(''),
  fields: z
    .string()
    .default('state,result,label,node,user,cluster')
    .refine((text) => text.split(',').every(isCountedField), `Use ${COUNTED_FIELDS.join(', ')}, with commas between`),
  tz: TimeZone,
});
export type FacetsRequest = z.infer<typeof FacetsRequest>;

export const FacetsAnswer = z.partialRecord(
  z.enum(COUNTED_FIELDS),
  z.array(z.object({ value: z.string(), count: z.number().int(), exact: z.boolean() })),
);
export type FacetsAnswer = z.infer<typeof FacetsAnswer>;

export const HistogramRequest = z.strictObject({
  search: z.string().default(''),
  from: Time.optional().describe('a day before `to` when absent'),
  to: Time.optional().describe('now when absent; not included'),
  bucket: z.coerce.number().int().min(1).optional().describe('seconds; whole days are days of the zone'),
  tz: TimeZone,
});
export type HistogramRequest = z.infer<typeof HistogramRequest>;

export const HistogramAnswer = z.object({
  bucket_seconds: z.number().int(),
  buckets: z.array(z.object({ start: z.string(), by_result: z.partialRecord(z.enum(RESULTS), z.number().int()) })),
});
export type HistogramAnswer = z.infer<typeof HistogramAnswer>;

export const HistoryAnswer = z.object({ searches: z.array(z.string()).describe('latest first') });
export type HistoryAnswer = z.infer<typeof HistoryAnswer>;

export const HistoryEntry = z.strictObject({ search: z.string().min(1) });
export type HistoryEntry = z.infer<typeof HistoryEntry>;
