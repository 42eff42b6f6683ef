import type { TaskAnswer } from '@/lib/contract/task';

type Props = {
  task: TaskAnswer;
  selected: boolean;
  active: boolean;
  onSelect: (task: TaskAnswer, toHere: boolean) => void;
};

/**
 * The box that selects a row; with Shift all from the last one to here. On a phone it lies unseen over the result's mark
 * until something is selected.
 */
export function RowBox({ task, selected, active, onSelect }: Props) {
  return (
    <label className="relative -m-2 grid size-8 cursor-pointer place-items-center max-md:size-10 max-md:opacity-0 max-md:in-data-selecting:opacity-100">
      <input
        type="checkbox"
        aria-label={`Select ${task.action}`}
        tabIndex={active ? 0 : -1}
        checked={selected}
        onChange={(event) => onSelect(task, 'shiftKey' in event.nativeEvent && event.nativeEvent.shiftKey === true)}
        className="check"
      />
    </label>
  );
}
