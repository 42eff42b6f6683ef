import { countText } from '@/lib/client/format-time';
import type { TaskListAnswer } from '@/lib/contract/task';

/** While a search cannot be read: which search the rows below belong to. */
export function StillShowing({ search, answer }: { search: string; answer: TaskListAnswer }) {
  return (
    <p className="flex shrink-0 items-center gap-2 border-t border-line bg-rail px-3.5 py-1.5 text-12 text-ink-2 md:px-5">
      {search === '' ? (
        <span>Still showing all tasks</span>
      ) : (
        <>
          <span className="shrink-0">Still showing the last search that worked:</span>
          <span className="mono min-w-0 truncate">{search}</span>
        </>
      )}
      <span className="shrink-0 text-ink-3">
        {answer.subtotal_is_exact ? '' : 'more than '}
        {countText(answer.subtotal)} {answer.subtotal === 1 ? 'task' : 'tasks'}
      </span>
    </p>
  );
}
