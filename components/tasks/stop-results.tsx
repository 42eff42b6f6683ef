import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { rowKey } from '@/lib/client/live-list';
import type { TaskAnswer } from '@/lib/contract/task';
import type { BulkStopAnswer } from '@/lib/contract/task-actions';
import { ResultIcon } from './result-icon';
import { StopTargets } from './stop-targets';

type Props = { answer: BulkStopAnswer; tasks: readonly TaskAnswer[]; onClose: () => void };

/** What became of each task that was to be stopped. */
export function StopResults({ answer, tasks, onClose }: Props) {
  const { stopped, skipped, results } = answer;
  const failed = results.length - stopped - skipped;
  const byKey = new Map(results.map((result) => [rowKey(result), result]));
  const parts = [
    `${stopped} of ${results.length} asked to end`,
    ...(skipped > 0 ? [`${skipped} had ended already`] : []),
    ...(failed > 0 ? [`${failed} could not be stopped`] : []),
  ];
  const told = (task: TaskAnswer) => {
    const result = byKey.get(rowKey(task));
    if (!result) return null;
    const ended = result.error?.code === 'conflict';
    return (
      <span className={`flex items-start gap-1.5 ${result.ok || ended ? 'text-ink-3' : 'text-error'}`}>
        {result.ok || ended ? (
          <Icon name="check" size={14} className="mt-px" />
        ) : (
          <ResultIcon state="stopped" result="error" size={14} hidden />
        )}
        {result.ok ? 'Stop requested' : ended ? 'Had ended already' : result.error?.message}
      </span>
    );
  };
  // What failed is what one has to act on.
  const rank = (task: TaskAnswer) => (byKey.get(rowKey(task))?.ok === false ? 0 : 1);
  return (
    <Dialog title={failed > 0 ? 'Not all could be stopped' : 'Stop requested'} onClose={onClose} width={560}>
      <div className="px-5 pt-4 pb-5 text-13">
        <p role="status" className="text-ink-2">
          {parts.join(', ')}. The list shows when each worker has ended.
        </p>
        <StopTargets tasks={[...tasks].sort((a, b) => rank(a) - rank(b))} told={told} />
        <div className="mt-5 flex justify-end">
          <Button autoFocus onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
