import type { ListState } from '@/lib/client/list-state';
import type { TaskListAnswer } from '@/lib/contract/task';

/** Pages are numbered up to here; older ones are reached by cursor (http-api). */
const NUMBERED = 10_000;

/** The page after this one, or null at the end. */
export function nextPage(state: ListState, answer: TaskListAnswer): ListState | null {
  const byNumber = state.cursor === '' && (state.page + 1) * state.per_page <= NUMBERED;
  if (byNumber) {
    const more = !answer.subtotal_is_exact || state.page * state.per_page < answer.subtotal;
    return more && answer.results.length === state.per_page ? { ...state, page: state.page + 1 } : null;
  }
  return answer.next_cursor === null ? null : { ...state, page: 1, cursor: answer.next_cursor };
}

/** The page before this one, or null at the start. A cursor only leads on, so from there it is the newest page. */
export function previousPage(state: ListState): ListState | null {
  if (state.cursor !== '') return { ...state, page: 1, cursor: '' };
  return state.page > 1 ? { ...state, page: state.page - 1 } : null;
}
