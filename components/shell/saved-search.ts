import { countText } from '@/lib/client/format-time';
import { PLAIN, stateHref } from '@/lib/client/list-state';
import type { BookmarkAnswer } from '@/lib/contract/bookmark';

/** The list of a saved search, in the order it was saved with. */
export const savedHref = ({ search, order }: Pick<BookmarkAnswer, 'search' | 'order'>) =>
  stateHref({ ...PLAIN, search, order: order === '' ? PLAIN.order : order });

/** What a saved search finds as text; "?" when it cannot be read any more, nothing when it finds nothing. */
export const countOf = ({ count, count_is_exact: exact }: BookmarkAnswer): string => {
  if (count === null) return '?';
  return count === 0 ? '' : `${countText(count)}${exact ? '' : '+'}`;
};
