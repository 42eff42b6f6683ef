'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast';
import { sendJson } from '@/lib/client/api';
import { taskQueries } from '@/lib/client/task-queries';
import type { TaskAnswer } from '@/lib/contract/task';
import { taskHref } from '@/lib/domain/task';
import { stopWords } from './stop-words';

/** Says what stopping means before it happens; the focus is on the safe button. */
export function StopDialog({ task, onClose }: { task: TaskAnswer; onClose: () => void }) {
  const client = useQueryClient();
  const words = stopWords(task);
  const stop = useMutation({
    mutationFn: () => sendJson<{ requested_at: string }>(`/api${taskHref(task)}`, undefined, 'DELETE'),
    onSuccess: () => {
      toast('Stop requested. Waiting for the worker to end.');
      void client.invalidateQueries({ queryKey: taskQueries.detail(task).queryKey });
      onClose();
    },
  });
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="px-5 pt-4 pb-5">
        <p className="max-w-[60ch] text-13 text-ink-2">{words.body}</p>
        {stop.error && (
          <p role="alert" className="mt-3 rounded-2 bg-error-soft px-3 py-2 text-error">
            {stop.error.message}
          </p>
        )}
        <div className="mt-5 flex justify-end gap-2">
          <Button autoFocus onClick={onClose}>
            Leave it running
          </Button>
          <Button look="dangerPrimary" disabled={stop.isPending} onClick={() => stop.mutate()}>
            {stop.isPending ? 'Asking Proxmox' : 'Stop the task'}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
