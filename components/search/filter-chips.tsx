'use client';

import { useMemo, useState } from 'react';
import { Popover } from '@/components/ui/popover';
import { type Chip, chipsOf, type Filter, removeChip, setChip } from '@/lib/domain/search/chips';
import { isQueryError } from '@/lib/domain/search/errors';
import { SET_VALUES } from '@/lib/domain/search/fields';
import { CHIP_FIELDS, type ChipField, chipName, chosenChip, isChipField, toggled } from './chip-fields';
import { DatePresets } from './date-presets';
import { SolidChip } from './solid-chip';
import { ValueList } from './value-list';

/** Opening a console is a task as well, and on a busy day half of them are. */
const NO_CONSOLES: Filter = { field: 'family', op: '!=', values: ['console'] };

/** Values that tasks on the screen have, to choose from. */
export type KnownValues = Readonly<Record<'label' | 'node' | 'cluster' | 'user', readonly string[]>>;

type Props = { value: string; onSearch: (text: string) => void; known: KnownValues };

/** The clicked face of the search: what is in it as solid chips, what can be added as dashed ones. */
export function FilterChips({ value, onSearch, known }: Props) {
  const chips = useMemo(() => readChips(value), [value]);
  const [opened, setOpened] = useState<ChipField | null>(null);
  if (!chips) return null; // a refused search has no parts; its error stands where the chips were
  const values = (field: ChipField) => (
    <Values {...{ field, chips, value, known, onSearch }} onDone={() => setOpened(null)} />
  );
  // A list stays open while its field moves from the dashed to the solid chips.
  const opening = (field: ChipField) => (open: boolean) => setOpened(open ? field : null);
  const unused = CHIP_FIELDS.filter((field) => !chips.some((chip) => chip.field === field));
  return (
    <fieldset
      aria-label="Filters"
      className="flex min-h-6 min-w-0 flex-wrap items-center gap-1.5 max-md:flex-nowrap max-md:overflow-x-auto"
    >
      {chips.map((chip) => {
        const field = isChipField(chip.field) ? chip.field : null;
        const isFirst = chips.find((one) => one.field === field) === chip;
        return (
          <SolidChip
            // By the field, so that a new value does not close the list it was chosen from.
            key={isFirst ? field : chip.text}
            chip={chip}
            values={field && values(field)}
            open={isFirst && field === opened}
            onOpenChange={(open) => setOpened(open ? field : null)}
            onRemove={() => onSearch(removeChip(value, chip))}
          />
        );
      })}
      {chips.length > 0 && unused.length > 0 && (
        <span className="mx-0.5 h-3.5 w-px shrink-0 bg-line-strong max-md:hidden" />
      )}
      {unused.map((field) => (
        <Popover
          key={field}
          label={chipName(field)}
          open={opened === field}
          onOpenChange={opening(field)}
          trigger={
            <button
              type="button"
              className="h-6 shrink-0 rounded-2 border border-dashed border-line-strong px-2 text-12 text-ink-2 hover:bg-hover hover:text-ink data-[state=open]:border-accent touch:h-10"
            >
              {chipName(field)}
            </button>
          }
        >
          {values(field)}
        </Popover>
      ))}
      {!chips.some(({ field }) => field === 'family') && (
        <button
          type="button"
          title="Leave out consoles, which nobody looks for later: family != console"
          onClick={() => onSearch(setChip(value, NO_CONSOLES))}
          className="h-6 shrink-0 rounded-2 border border-dashed border-line-strong px-2 text-12 text-ink-2 hover:bg-hover hover:text-ink touch:h-10"
        >
          hide consoles
        </button>
      )}
      {chips.length > 0 && (
        <button
          type="button"
          onClick={() => onSearch('')}
          className="h-6 shrink-0 rounded-2 px-2 text-12 text-ink-2 hover:bg-hover hover:text-ink max-md:hidden touch:h-10"
        >
          Clear
        </button>
      )}
    </fieldset>
  );
}

function readChips(search: string): Chip[] | null {
  try {
    return chipsOf(search);
  } catch (error) {
    if (isQueryError(error)) return null;
    throw error;
  }
}

type ValuesProps = Props & { field: ChipField; chips: readonly Chip[]; onDone: () => void };

/** What a field's chip opens: its values, or times. */
function Values({ field, chips, known, value, onSearch, onDone }: ValuesProps) {
  if (field === 'started_at') {
    const done = (search: string) => {
      onDone();
      onSearch(search);
    };
    return <DatePresets search={value} onSearch={done} />;
  }
  const isSet = field === 'state' || field === 'result';
  return (
    <ValueList
      field={field}
      values={isSet ? SET_VALUES[field] : known[field]}
      chosen={chosenChip(chips, field)?.values ?? []}
      open={!isSet}
      onToggle={(one) => onSearch(toggled(value, chips, field, one))}
    />
  );
}
