import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import { Popover } from '@/components/ui/popover';
import type { Chip } from '@/lib/domain/search/chips';
import { chipName } from './chip-fields';

type Props = {
  chip: Chip;
  /** What its click opens; without it the chip is only text. */
  values: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRemove: () => void;
};

/** A part of the search: a click opens its values, Backspace or the cross takes it out. */
export function SolidChip({ chip, values, open, onOpenChange, onRemove }: Props) {
  return (
    <span className="inline-flex h-6 max-w-full shrink-0 items-center rounded-2 bg-sunken text-12 touch:h-10">
      {values ? (
        <Popover
          label={chip.field ? chipName(chip.field) : ''}
          open={open}
          onOpenChange={onOpenChange}
          trigger={
            <button
              type="button"
              onKeyDown={(event) => {
                if (event.key === 'Backspace' || event.key === 'Delete') onRemove();
              }}
              className="h-full min-w-0 truncate rounded-2 px-2 data-[state=open]:bg-accent-soft data-[state=open]:shadow-[inset_0_0_0_1px_var(--accent)]"
            >
              <ChipText chip={chip} />
            </button>
          }
        >
          {values}
        </Popover>
      ) : (
        <span className="min-w-0 truncate px-2">
          <ChipText chip={chip} />
        </span>
      )}
      <button
        type="button"
        aria-label={`Remove ${chip.text}`}
        title="Remove"
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-2 text-ink-3 hover:bg-hover hover:text-ink touch:size-10"
      >
        <Icon name="x" size={14} />
      </button>
    </span>
  );
}

function ChipText({ chip: { field, op, values, text } }: { chip: Chip }) {
  if (field === null) return <span className="mono">{text}</span>;
  if (values.length === 0) return `${op} ${chipName(field)}`;
  return (
    <>
      <span className="text-ink-3">
        {chipName(field)} {op}
      </span>{' '}
      {values.join(', ')}
    </>
  );
}
