import type { TaskListAnswer } from '@/lib/contract/task';
import { taskHref } from '@/lib/domain/task';
import { isBackupServerUpid, parseUpid } from '@/lib/domain/upid';
import { getJson } from './api';
import { searchHref } from './list-state';

/** What a text in the jump box means. */
export type JumpTarget =
  | { kind: 'nothing' }
  | { kind: 'upid'; upid: string }
  | { kind: 'decode'; text: string }
  | { kind: 'guest'; vmid: string }
  | { kind: 'search'; search: string };

export function jumpTarget(typed: string): JumpTarget {
  const text = typed.trim();
  if (text === '') return { kind: 'nothing' };
  const upid = parseUpid(text);
  if (upid) return { kind: 'upid', upid: upid.text };
  if (isBackupServerUpid(text)) return { kind: 'decode', text };
  if (/^[1-9]\d{2,8}$/.test(text)) return { kind: 'guest', vmid: text };
  return { kind: 'search', search: text };
}

/** The page that decodes a UPID without asking any cluster. */
const decodeHref = (upid: string): `/upid?${string}` => `/upid?${new URLSearchParams({ upid })}`;

/**
 * Where a jump leads. A UPID does not name its cluster, so the archive is asked who has it: one task opens, several
 * become a list, and an unknown one is decoded on the spot. Throws `ApiError`.
 */
export async function jumpHref(target: JumpTarget, signal?: AbortSignal) {
  switch (target.kind) {
    case 'nothing':
      return null;
    case 'decode':
      return decodeHref(target.text);
    case 'guest':
      return searchHref(`vmid = ${target.vmid}`);
    case 'search':
      return searchHref(target.search);
    case 'upid': {
      const search = `upid = "${target.upid.replace(/["\\]/g, '\\$&')}"`;
      const found = await getJson<TaskListAnswer>('/api/tasks', { search, per_page: 2 }, signal);
      const [first, second] = found.results;
      if (!first) return decodeHref(target.upid);
      return second ? searchHref(search) : taskHref(first);
    }
  }
}
