'use client';

import { ResultBadge } from '@/components/tasks/result-badge';
import { ResultIcon } from '@/components/tasks/result-icon';
import { Button, IconButton } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { copyText } from '@/components/ui/toast';
import type { TaskDetail } from '@/lib/contract/task';
import { rawLogHref, taskLink } from './task-link';

/** What the task is, in the largest letters of the page, and what can be done about it. */
export function TaskHeader({ task, onStop }: { task: TaskDetail; onStop: (() => void) | null }) {
  const open = task.open_in_proxmox;
  return (
    <header className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2.5 gap-y-1 px-5 max-md:px-3.5">
      <ResultIcon state={task.state} result={task.result} size={20} hidden />
      <h1 className="text-20 font-semibold tracking-title max-md:text-[18px]">{task.action}</h1>
      {task.guest !== null && <span className="text-14 text-ink-2">{task.guest}</span>}
      <span className="mono text-ink-3">{task.label}</span>
      <ResultBadge state={task.state} result={task.result} icon={false} />
      <div className="ml-auto flex items-center gap-2">
        <Button
          look="quiet"
          icon="link"
          className="max-md:hidden"
          onClick={() => void copyText(taskLink(task), 'Link')}
        >
          Copy link
        </Button>
        {onStop && (
          <Button look="danger" icon="stop" onClick={onStop}>
            Stop...
          </Button>
        )}
        <Menu trigger={<IconButton icon="more" label="More" />}>
          <MenuItem icon="link" onSelect={() => void copyText(taskLink(task), 'Link')} shortcut="c">
            Copy link
          </MenuItem>
          <MenuItem icon="copy" onSelect={() => void copyText(task.upid, 'UPID')}>
            Copy UPID
          </MenuItem>
          <MenuItem icon="download" onSelect={() => window.location.assign(rawLogHref(task))} shortcut="d">
            Download log
          </MenuItem>
          {open !== null && (
            <MenuItem icon="external" onSelect={() => window.open(open, '_blank', 'noopener')}>
              Open in Proxmox
            </MenuItem>
          )}
        </Menu>
      </div>
    </header>
  );
}
