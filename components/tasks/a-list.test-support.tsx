import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { PathnameContext, SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import { ClockProvider } from '@/components/ui/clock';
import { ExactTimes } from '@/components/ui/exact-times';
import { KeysProvider } from '@/components/ui/keys';
import { clusterQueries } from '@/lib/client/cluster-queries';
import { PLAIN_LOOK } from '@/lib/client/list-look';
import { readState } from '@/lib/client/list-state';
import { makeQueryClient } from '@/lib/client/query-client';
import { listRequest, taskQueries } from '@/lib/client/task-queries';
import type { ClustersAnswer } from '@/lib/contract/cluster';
import type { TaskAnswer, TaskListAnswer } from '@/lib/contract/task';
import { TaskList } from './task-list';

export const NOW = Date.parse('2025-11-20T14:32:00Z');

export function aTask(more: Partial<TaskAnswer> & { upid: string }): TaskAnswer {
  return {
    ...{ kind: 'task', cluster: 'lab', href: '', node: 'pve1', pid: 1, pstart: 1, label: 'qmstart', id: '100' },
    ...{ action: 'VM 100 - Start', family: 'power', user: 'root@pam', realm: 'pam', token: null },
    ...{ vmid: 100, guest: null, guest_type: 'qemu', tags: [], pool: null },
    ...{ state: 'stopped', result: 'success', exitstatus: 'OK', progress: null },
    ...{ started_at: '2025-11-20T14:20:00Z', ended_at: '2025-11-20T14:20:05Z', duration: 5 },
    ...{ parent_task_id: null, stop_requested: null, log: { stored: true, lines: 1, bytes: 1 } },
    ...more,
  };
}

export function anAnswer(results: TaskAnswer[], more: Partial<TaskListAnswer> = {}): TaskListAnswer {
  return {
    ...{ total: 482_310, total_is_exact: true, subtotal: results.length, subtotal_is_exact: true },
    ...{ page: 1, per_page: 50, search: '', order: 'started_at DESC', next_cursor: null, notices: [], failures: [] },
    results,
    ...more,
  };
}

export function aCluster(more: Partial<ClustersAnswer['clusters'][number]> = {}): ClustersAnswer['clusters'][number] {
  return {
    ...{ id: 'lab', name: 'Lab', state: 'ok', as_of: '2025-11-20T14:31:58Z', lag: 1, since: null, version: '9.2.11' },
    ...{ error: null, next_try: null, logs_to_fetch: 0, missing_rights: [], gaps: [], nodes: [] },
    ...more,
  };
}

/** What the API is asked, and what a stream sends. */
export type Wire = {
  asked: URL[];
  answer: (search: string) => TaskListAnswer | { status: number; error: object };
  send: (name: string, data: object) => void;
};

/** What other addresses than the list's answer, by their path; `body` is what was sent. */
export type Others = Readonly<Record<string, (url: URL, body: unknown) => object>>;

const EMPTY: Others = {
  '/api/facets': () => ({}),
  '/api/histogram': () => ({ bucket_seconds: 900, buckets: [] }),
  '/api/bookmarks': () => ({ bookmarks: [] }),
};

/** Stands in for the network: `fetch` and `EventSource` of the browser, nothing of ours. */
export function aWire(answer: Wire['answer'], others: Others = {}): Wire {
  const sources: FakeSource[] = [];
  class FakeSource {
    static readonly CLOSED = 2;
    readyState = 1;
    onopen: (() => void) | null = null;
    onerror: (() => void) | null = null;
    readonly handlers = new Map<string, (event: { data: string; lastEventId: string }) => void>();
    constructor() {
      sources.push(this);
      queueMicrotask(() => this.onopen?.());
    }
    addEventListener(name: string, handler: (event: { data: string; lastEventId: string }) => void) {
      this.handlers.set(name, handler);
    }
    close() {}
  }
  const wire: Wire = {
    asked: [],
    answer,
    send: (name, data) => sources.at(-1)?.handlers.get(name)?.({ data: JSON.stringify(data), lastEventId: '' }),
  };
  globalThis.EventSource = FakeSource as unknown as typeof EventSource;
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), 'http://localhost');
    const other = { ...EMPTY, ...others }[url.pathname];
    if (other) return Response.json(other(url, init?.body ? JSON.parse(String(init.body)) : undefined));
    if (url.pathname.startsWith('/api/search/')) return Response.json({ suggestions: [], searches: [], error: null });
    wire.asked.push(url);
    const found = wire.answer(url.searchParams.get('search') ?? '');
    return 'error' in found ? Response.json({ error: found.error }, { status: found.status }) : Response.json(found);
  };
  return wire;
}

/** The list at an address, with the page it was served with. */
export function showList(wire: Wire, address = '/tasks', clusters = [aCluster()], look = PLAIN_LOOK) {
  const client = makeQueryClient();
  const params = new URL(address, 'http://localhost').searchParams;
  const state = readState(Object.fromEntries(params));
  const zone = 'UTC';
  const first = wire.answer(listRequest(state, zone).search);
  if (!('error' in first)) client.setQueryData(taskQueries.list(state, zone).queryKey, first);
  client.setQueryData(clusterQueries.all().queryKey, { clusters });
  const router = { push() {}, replace() {}, refresh() {}, back() {}, forward() {}, prefetch() {} };
  return render(
    <AppRouterContext value={router as never}>
      <PathnameContext value="/tasks">
        <SearchParamsContext value={params}>
          <QueryClientProvider client={client}>
            <ClockProvider serverNow={NOW} zone={zone} zoneIsFixed={true}>
              <ExactTimes>
                <KeysProvider>
                  <TaskList look={look} />
                </KeysProvider>
              </ExactTimes>
            </ClockProvider>
          </QueryClientProvider>
        </SearchParamsContext>
      </PathnameContext>
    </AppRouterContext>,
  );
}
