import type { FieldName } from '@/lib/domain/search/bound';
import { type Chip, removeChip, setChip } from '@/lib/domain/search/chips';

/** The fields that can be added by a click, in the order of their buttons. */
export const CHIP_FIELDS = ['state', 'result', 'label', 'node', 'cluster', 'user', 'started_at'] as const;
export type ChipField = (typeof CHIP_FIELDS)[number];

export const isChipField = (field: FieldName | null): field is ChipField => CHIP_FIELDS.some((one) => one === field);

const SHORT: Partial<Record<FieldName, string>> = { started_at: 'started', ended_at: 'ended' };

/** What a field is called on a chip. */
export const chipName = (field: FieldName): string => SHORT[field] ?? field;

/** The chip whose values a click on this field's list adds to or takes from. */
export const chosenChip = (chips: readonly Chip[], field: FieldName): Chip | undefined =>
  chips.find((chip) => chip.field === field && (chip.op === '=' || chip.op === '^'));

/** The search with one value of a field more, or less when it was chosen already. */
export function toggled(search: string, chips: readonly Chip[], field: FieldName, value: string): string {
  const chip = chosenChip(chips, field);
  const chosen = chip?.values ?? [];
  const values = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
  return chip && values.length === 0 ? removeChip(search, chip) : setChip(search, { field, op: '=', values });
}
