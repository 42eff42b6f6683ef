'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Menu, MenuItem, MenuLine, MenuSub } from '@/components/ui/menu';
import { copyText } from '@/components/ui/toast';
import { withBase } from '@/lib/client/base-path';
import { useListState } from '@/lib/client/use-list-state';
import type { TaskAnswer } from '@/lib/contract/task';
import { taskHref } from '@/lib/domain/task';
import { excluded, FILTER_FIELDS, filtered } from './filters';

/** The address of a task as one sends it to a colleague. */
export const fullAddress = (task: TaskAnswer): string => `${window.location.origin}${withBase(taskHref(task))}`;

type Props = { task: TaskAnswer; active: boolean; onStop: (task: TaskAnswer) => void };

/** What can be done with a row; takes the place of its end while it is pointed at or has the focus. */
export function RowActions({ task, active, onStop }: Props) {
  const router = useRouter();
  const { state, go } = useListState();
  const [open, setOpen] = useState(false);
  const tabIndex = active ? 0 : -1;
  const values = FILTER_FIELDS.flatMap((field) => {
    const value = task[field];
    return value === null || value === '' ? [] : [{ field, value: String(value) }];
  });
  const search = (text: string) => go({ ...state, search: text, page: 1, cursor: '' });
  const byValue = (change: typeof filtered, sign: string) =>
    values.map(({ field, value }) => (
      <MenuItem key={field} onSelect={() => search(change(state.search, field, value))}>
        <span className="text-ink-3">
          {field} {sign}
        </span>{' '}
        {value}
      </MenuItem>
    ));
  return (
    <span
      className={`absolute inset-y-px right-3 z-2 hidden items-center gap-0.5 bg-hover pl-2 md:group-hover/row:flex md:group-has-[:focus-visible]/row:flex md:group-aria-selected/row:bg-selected ${open ? 'md:flex' : ''}`}
    >
      {task.state === 'running' && (
        <IconButton icon="stop" label="Stop …" tabIndex={tabIndex} className="h-6 w-6.5" onClick={() => onStop(task)} />
      )}
      <IconButton
        icon="link"
        label="Copy link"
        tabIndex={tabIndex}
        className="h-6 w-6.5"
        onClick={() => copyText(fullAddress(task), 'Link')}
      />
      <Menu
        onOpenChange={setOpen}
        trigger={<IconButton icon="more" label="More" tabIndex={tabIndex} className="h-6 w-6.5" />}
      >
        <MenuItem onSelect={() => router.push(taskHref(task))} shortcut="↵">
          Open
        </MenuItem>
        <MenuItem icon="link" onSelect={() => copyText(fullAddress(task), 'Link')} shortcut="c">
          Copy link
        </MenuItem>
        <MenuItem icon="copy" onSelect={() => copyText(task.upid, 'UPID')}>
          Copy UPID
        </MenuItem>
        {task.state === 'running' && (
          <MenuItem icon="stop" onSelect={() => onStop(task)} shortcut="s">
            Stop …
          </MenuItem>
        )}
        <MenuLine />
        <MenuSub icon="filter" text="Only tasks with">
          {byValue(filtered, '=')}
        </MenuSub>
        <MenuSub icon="x" text="Leave out tasks with">
          {byValue(excluded, '=')}
        </MenuSub>
      </Menu>
    </span>
  );
}
