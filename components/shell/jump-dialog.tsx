'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { ApiError } from '@/lib/client/api';
import { jumpHref, jumpTarget } from '@/lib/client/jump';
import { describeTask } from '@/lib/domain/task-type';
import { parseUpid } from '@/lib/domain/upid';

/** One field that opens a UPID, the tasks of a guest, or a search. */
export function JumpDialog({ start, onClose }: { start: string; onClose: () => void }) {
  const router = useRouter();
  const [text, setText] = useState(start);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = useRef<AbortController | null>(null);
  useEffect(() => () => asked.current?.abort(), []);

  async function jump() {
    asked.current?.abort();
    const abort = new AbortController();
    asked.current = abort;
    setBusy(true);
    try {
      const href = await jumpHref(jumpTarget(text), abort.signal);
      if (href === null) return;
      router.push(href);
      onClose();
    } catch (error) {
      if (error instanceof ApiError) setProblem(error.message);
      else if (!abort.signal.aborted) throw error;
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog title="Jump" bare width={560} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void jump();
        }}
      >
        <div className="flex h-12 items-center gap-2.5 px-4">
          <Icon name="search" className="text-ink-3" />
          <input
            autoFocus
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setProblem(null);
            }}
            placeholder="UPID, VMID or search"
            aria-label="UPID, VMID or search"
            aria-describedby="jump-hint"
            spellCheck={false}
            autoComplete="off"
            className="mono h-full min-w-0 flex-1 bg-transparent text-[13px] outline-none"
          />
          <kbd>↵</kbd>
        </div>
        <p
          id="jump-hint"
          className={`flex min-h-10 items-center border-t border-line px-4 py-2 text-12 ${problem ? 'text-error' : 'text-ink-3'}`}
          aria-live="polite"
        >
          {problem ?? (busy ? 'Looking for it …' : hintFor(text))}
        </p>
      </form>
    </Dialog>
  );
}

function hintFor(text: string): string {
  const target = jumpTarget(text);
  switch (target.kind) {
    case 'nothing':
      return 'A UPID opens its task, a number the tasks of that guest, anything else searches.';
    case 'decode':
      return 'A UPID of Proxmox Backup Server: it can be decoded, its task is not here.';
    case 'upid': {
      const upid = parseUpid(target.upid);
      return upid ? `Open ${describeTask(upid.type, upid.id)} on ${upid.node}` : 'Open this task';
    }
    case 'guest':
      return `The tasks of guest ${target.vmid}`;
    case 'search':
      return `Search for ${target.search}`;
  }
}
