'use client';

import type { ListState } from '@/lib/client/list-state';
import { useValues, VALUE_FIELDS } from './use-values';
import { ValueSection } from './value-section';

/** What values the found tasks have and how often: a click filters, one with Alt leaves out. */
export function ValuesPanel({ state }: { state: ListState }) {
  const values = useValues(state.search, VALUE_FIELDS);
  return VALUE_FIELDS.map((field) => (
    <ValueSection key={field} field={field} values={values?.[field] ?? []} state={state} />
  ));
}
