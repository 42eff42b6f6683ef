import type { TaskResult, TaskState } from '@/lib/domain/task-result';
import { ResultIcon, shapeOf } from './result-icon';

const GROUND = {
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  error: 'bg-error-soft text-error',
  partial: 'bg-partial-soft text-partial',
  cancelled: 'bg-cancelled-soft text-cancelled',
  unknown: 'bg-unknown-soft text-unknown',
  pending: 'bg-running-soft text-running',
} satisfies Record<TaskResult, string>;

type Props = { state: TaskState; result: TaskResult /** Left out where a larger one stands beside. */; icon?: boolean };

/** The result as icon and word on its soft ground. */
export function ResultBadge({ state, result, icon = true }: Props) {
  return (
    <span
      className={`inline-flex h-5 items-center gap-1.25 rounded-1 px-1.5 text-12 leading-5 font-strong whitespace-nowrap ${GROUND[state === 'unknown' ? 'unknown' : result]}`}
    >
      {icon && <ResultIcon state={state} result={result} size={14} hidden />}
      {shapeOf(state, result).word}
    </span>
  );
}
