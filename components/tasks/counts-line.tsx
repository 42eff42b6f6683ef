import { Icon } from '@/components/ui/icon';
import { countText } from '@/lib/client/format-time';
import type { TaskListAnswer } from '@/lib/contract/task';

const about = (n: number, exact: boolean): string => (exact ? countText(n) : `more than ${countText(n)}`);

/** How many the search finds; at the right how many are kept, or the new ones that wait in the same place. */
export function CountsLine({
  answer,
  newCount,
  onShowNew,
}: {
  answer: TaskListAnswer;
  newCount: number;
  onShowNew: () => void;
}) {
  const { subtotal, subtotal_is_exact: exact, total, total_is_exact: totalExact } = answer;
  return (
    <div className="flex h-7 items-center gap-2 text-12 text-ink-2 touch:h-9">
      <span>
        <b className="font-strong text-ink">{about(subtotal, exact)}</b> {subtotal === 1 ? 'task' : 'tasks'}
      </span>
      <span className="flex-1" />
      {newCount > 0 ? (
        <button
          type="button"
          onClick={onShowNew}
          className="inline-flex h-6 items-center gap-1.5 rounded-full bg-ink px-2.5 font-strong whitespace-nowrap text-bg relative touch:h-8 touch:px-4 touch:after:absolute touch:after:-inset-1"
        >
          <Icon name="up" size={14} />
          {countText(newCount)} new {newCount === 1 ? 'task' : 'tasks'}
          <kbd className="border-current bg-transparent text-current opacity-70 touch:hidden">n</kbd>
        </button>
      ) : (
        total !== subtotal && <span className="text-ink-3">of {about(total, totalExact)} kept</span>
      )}
    </div>
  );
}
