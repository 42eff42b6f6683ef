'use client';

import { useId, useState } from 'react';
import { INPUT } from '@/components/auth/field';
import { useTimeText } from '@/components/ui/clock';
import { exactTime } from '@/lib/client/format-time';
import { describeTask } from '@/lib/domain/task-type';
import { isBackupServerUpid, parseUpid, type Upid } from '@/lib/domain/upid';

/** Takes a UPID apart in the browser: no cluster is asked, so anyone may. */
export function UpidDecoder({ start }: { start: string }) {
  const [text, setText] = useState(start);
  const id = useId();
  const upid = parseUpid(text);
  return (
    <>
      <h1 className="mt-6 mb-1 text-20 font-semibold tracking-title">Decode a UPID</h1>
      <p className="mb-4 text-ink-2">The name that Proxmox gives a task says who started what, where and when.</p>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        UPID
      </label>
      <textarea
        id={id}
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={3}
        spellCheck={false}
        placeholder="UPID:pve1:000AE992:00A21BA7:618C1D55:vzdump:100:root@pam:"
        className={`${INPUT} mono h-auto resize-none py-2 break-all touch:h-auto`}
      />
      <div aria-live="polite" className="mt-4">
        {upid ? <Parts upid={upid} /> : <p className="text-12 leading-4.5 text-ink-3">{notDecoded(text)}</p>}
      </div>
    </>
  );
}

function notDecoded(text: string): string {
  if (text.trim() === '') return 'Nothing leaves this page: it is taken apart here.';
  if (isBackupServerUpid(text)) return 'This is a UPID of Proxmox Backup Server. Its tasks are not kept here.';
  return 'This is no UPID: it needs nine parts with colons between them, the first of them UPID.';
}

function Parts({ upid }: { upid: Upid }) {
  const started = useTimeText((_, zone) => exactTime(upid.startTime * 1000, zone));
  const rows: [string, string][] = [
    ['Task', describeTask(upid.type, upid.id)],
    ['Node', upid.node],
    ['Started', started],
    ['User', upid.user],
    ...(upid.token === undefined ? [] : [['Token', upid.token] satisfies [string, string]]),
    ['Task type', upid.type],
    ['Worker id', upid.id === '' ? '–' : upid.id],
    ['Process', String(upid.pid)],
    ['Process start', `${upid.pstart} ticks after boot`],
    ...(upid.comment === '' ? [] : [['Comment', upid.comment] satisfies [string, string]]),
  ];
  return (
    <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-x-3">
      {rows.map(([name, value]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid border-t border-line-soft py-1.5">
          <dt className="text-ink-3">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
