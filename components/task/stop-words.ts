import type { TaskAnswer } from '@/lib/contract/task';

/** The title and the consequence of stopping a task, by what kind of work it does (api-contract 4.9). */
export function stopWords(task: Pick<TaskAnswer, 'family' | 'label' | 'vmid' | 'node'>): {
  title: string;
  body: string;
} {
  const ends = 'Proxmox ends the worker, at the latest after 5 seconds.';
  const guest = task.vmid === null ? 'the guest' : `${task.label.startsWith('vz') ? 'CT' : 'VM'} ${task.vmid}`;
  if (task.label === 'vzdump') {
    const archive = task.vmid === null ? 'The archive of the present guest' : `The archive of guest ${task.vmid}`;
    return {
      title: 'Stop this backup?',
      body: `${ends} ${archive} is thrown away, finished ones stay. A "backup" lock may remain.`,
    };
  }
  switch (task.family) {
    case 'migrate':
      return {
        title: 'Stop this migration?',
        body: `${guest} stays on ${task.node}. Disks already copied may have to be removed by hand on the target, and a "migrate" lock may remain.`,
      };
    case 'backup':
      return {
        title: 'Stop this restore?',
        body: `${ends} What is restored so far is incomplete: the guest stays locked or has to be removed.`,
      };
    case 'lifecycle':
    case 'storage':
      return {
        title: 'Stop this task?',
        body: `${ends} What is copied or created so far may be left over and have to be removed by hand.`,
      };
    case 'bulk':
      return {
        title: 'Stop this bulk action?',
        body: `${ends} Guests that are not started yet are left alone; tasks of guests already begun go on by themselves.`,
      };
    case 'console':
      return { title: 'Stop this console?', body: `${ends} The person who uses it is cut off.` };
    case 'update':
      return {
        title: 'Stop this update?',
        body: `${ends} The package lists may be left half read; refresh them again.`,
      };
    default:
      return { title: 'Stop this task?', body: `${ends} What it has done so far stays done; nothing is rolled back.` };
  }
}
