'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { IconButton } from '@/components/ui/button';
import { Menu, MenuHead, MenuItem } from '@/components/ui/menu';
import { copyText } from '@/components/ui/toast';
import { withBase } from '@/lib/client/base-path';
import { useListState } from '@/lib/client/use-list-state';
import type { TaskAnswer } from '@/lib/contract/task';
import { taskHref } from '@/lib/domain/task';
import { FILTER_FIELDS, filtered } from './filters';

/** The address of a task as one sends it to a colleague. */
export const fullAddress = (task: TaskAnswer): string => `${window.location.origin}${withBase(taskHref(task))}`;

/** What can be done with a row; takes the place of its duration while it is pointed at or has the focus. */
export function RowActions({ task, active }: { task: TaskAnswer; active: boolean }) {
  const router = useRouter();
  const { state, go } = useListState();
  const [open, setOpen] = useState(false);
  const tabIndex = active ? 0 : -1;
  return (
    <span
      className={`absolute inset-y-px right-3 z-2 hidden items-center gap-0.5 bg-hover pl-2 md:group-hover/row:flex md:group-has-[:focus-visible]/row:flex ${open ? 'md:flex' : ''}`}
    >
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
        <MenuHead>Only tasks with</MenuHead>
        {FILTER_FIELDS.map((field) => {
          const value = task[field];
          if (value === null) return null;
          const search = filtered(state.search, field, String(value));
          return (
            <MenuItem key={field} icon="filter" onSelect={() => go({ ...state, search, page: 1, cursor: '' })}>
              <span className="text-ink-3">{field} =</span> {value}
            </MenuItem>
          );
        })}
      </Menu>
    </span>
  );
}
