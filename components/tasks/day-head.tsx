'use client';

import { useTimeText } from '@/components/ui/clock';
import { dayLabel } from '@/lib/client/format-time';

/** The date between two days of the list. Today needs none at the top: its rows say how long ago they began. */
export function DayHead({ ms, first }: { ms: number; first: boolean }) {
  const label = useTimeText((now, zone) => dayLabel(ms, now, zone));
  const hidden = first && label.startsWith('Today');
  return (
    <tr className={hidden ? 'hidden' : 'block'}>
      <th
        scope="row"
        colSpan={10}
        className="flex h-6.5 items-center border-b border-line-soft bg-rail px-3.5 text-11 font-medium text-ink-3 md:px-5"
      >
        {label}
      </th>
    </tr>
  );
}
