'use client';

import { Button, IconButton } from '@/components/ui/button';
import { copyText } from '@/components/ui/toast';
import { withBase } from '@/lib/client/base-path';
import { countText } from '@/lib/client/format-time';
import { searchHref } from '@/lib/client/list-state';
import type { TaskListAnswer } from '@/lib/contract/task';
import { fullAddress } from './row-actions';
import type { Selection } from './use-selection';

type Props = { selection: Selection; answer: TaskListAnswer; onStop: () => void };

const s = (count: number, word: string): string => (count === 1 ? word : `${word}s`);

/** What can be done with the selected tasks; floats over the foot of the list. */
export function SelectionBar({ selection, answer, onStop }: Props) {
  const { all, tasks, count, selectAll, clear } = selection;
  const total = `${answer.subtotal_is_exact ? '' : 'more than '}${countText(answer.subtotal)}`;
  const told = all ? `All ${total} selected` : `${countText(count)} selected`;
  const copy = (lines: readonly string[], what: string) => copyText(lines.join('\n'), what);
  return (
    <div
      role="toolbar"
      aria-label="Selection"
      data-selection-bar=""
      className="no-print absolute inset-x-2 bottom-13 z-30 mx-auto flex h-10.5 w-fit max-w-[calc(100%-16px)] items-center gap-1 overflow-x-auto rounded-4 bg-raised pr-1.5 pl-3.5 text-13 shadow-pop md:bottom-11"
    >
      <b className="font-strong whitespace-nowrap" role="status">
        {told}
      </b>
      {!all && (
        <Button look="quiet" onClick={selectAll} title="The search itself: also tasks on other pages">
          All {total}
          <span className="max-md:sr-only">matching</span>
        </Button>
      )}
      <span className="mx-1 h-4 w-px shrink-0 bg-line-strong" />
      <Button look="quiet" icon="stop" onClick={onStop}>
        Stop …
      </Button>
      {all ? (
        <Button
          look="quiet"
          icon="link"
          onClick={() =>
            copy([`${window.location.origin}${withBase(searchHref(answer.search))}`], 'Link of the search')
          }
        >
          Copy link
        </Button>
      ) : (
        <>
          <Button look="quiet" icon="link" onClick={() => copy(tasks.map(fullAddress), s(count, 'Link'))}>
            <span className="max-md:sr-only">Copy {s(count, 'link')}</span>
          </Button>
          <Button
            look="quiet"
            icon="copy"
            onClick={() =>
              copy(
                tasks.map(({ upid }) => upid),
                s(count, 'UPID'),
              )
            }
          >
            <span className="max-md:sr-only">Copy {s(count, 'UPID')}</span>
          </Button>
        </>
      )}
      <IconButton icon="x" label="Select none (Esc)" onClick={clear} />
    </div>
  );
}
