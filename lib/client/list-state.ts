/** The whole state of the task list; it lives in the address and nowhere else. */
export type ListState = {
  search: string;
  order: string;
  page: number;
  per_page: number;
  /** Beyond 10,000 tasks pages are reached by cursor; empty otherwise. */
  cursor: string;
};

/** The state that an address without parameters means. */
export const PLAIN: ListState = { search: '', order: 'started_at DESC', page: 1, per_page: 50, cursor: '' };

export const PAGE_SIZES = [25, 50, 100, 200, 500] as const;

type Raw = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads an address. A bad page, size or order falls back to the plain one; a bad search stays, to be shown with its error. */
export function readState(raw: Raw): ListState {
  const one = (key: keyof ListState): string | undefined => {
    const value = raw[key];
    return typeof value === 'string' ? value : value?.[0];
  };
  return {
    search: one('search') ?? PLAIN.search,
    order: /^\w+(?: (?:ASC|DESC))?$/i.test(one('order') ?? '') ? (one('order') ?? PLAIN.order) : PLAIN.order,
    page: wholeNumber(one('page'), 1, 10_000) ?? PLAIN.page,
    per_page: wholeNumber(one('per_page'), 1, 500) ?? PLAIN.per_page,
    cursor: one('cursor') ?? PLAIN.cursor,
  };
}

/** The address of a state, without the base path; what is plain stays out of it. Undone by `readState`. */
export function stateHref(state: ListState): '/tasks' | `/tasks?${string}` {
  const changed = Object.entries(state).filter(([key, value]) => value !== PLAIN[key as keyof ListState]);
  const query = new URLSearchParams(changed.map(([key, value]) => [key, String(value)]));
  return query.size > 0 ? `/tasks?${query}` : '/tasks';
}

/** The list of a search, from its first page on, in the order and size in use. */
export const searchHref = (search: string, from: ListState = PLAIN): '/tasks' | `/tasks?${string}` =>
  stateHref({ ...from, search, page: 1, cursor: '' });

function wholeNumber(text: string | undefined, from: number, to: number): number | undefined {
  if (text === undefined || !/^\d{1,6}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= from && number <= to ? number : undefined;
}
