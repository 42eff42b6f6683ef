'use client';

import { ResultIcon } from '@/components/tasks/result-icon';
import { useTimeText } from '@/components/ui/clock';
import { Icon } from '@/components/ui/icon';
import { ageText, msOf } from '@/lib/client/format-time';
import type { ClusterStatus } from '@/lib/contract/cluster';

/** The sign of a cluster's state, with its word. */
export function ClusterSign({ cluster, size = 14 }: { cluster: ClusterStatus; size?: 14 | 16 }) {
  switch (cluster.state) {
    case 'ok':
      return <Icon name="check" size={size} className="text-success" label="Answering" />;
    case 'starting':
      return <ResultIcon state="running" result="pending" size={size} />;
    case 'away':
    case 'refused':
      return <ResultIcon state="stopped" result="warning" size={size} />;
    case 'not_signed_in':
      return <Icon name="key" size={size} className="text-ink-3" label="Not signed in" />;
  }
}

/** How old what we know of a cluster is, moving by itself. */
export function ClusterAge({ cluster }: { cluster: ClusterStatus }) {
  const asOf = cluster.as_of === null ? null : msOf(cluster.as_of);
  const text = useTimeText((now) => {
    if (cluster.state === 'not_signed_in') return 'sign in';
    return asOf === null ? '–' : ageText((now - asOf) / 1000);
  });
  const bad = cluster.state === 'away' || cluster.state === 'refused';
  return <span className={bad ? 'text-warning' : 'text-ink-3'}>{text}</span>;
}
