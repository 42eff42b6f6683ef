import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { BookmarkAnswer, BookmarkDeleted, BookmarksAnswer } from '@/lib/contract/bookmark';
import type { CompleteAnswer, FacetsAnswer, HistogramAnswer, HistoryAnswer } from '@/lib/contract/search';
import type { CountedField } from '@/lib/domain/search/fields';
import { getJson, sendJson } from './api';

const MINUTE_MS = 60_000;

/** `zone` is the viewer's time zone, for words like `yesterday`. */
export const searchQueries = {
  complete: (text: string, cursor: number, zone: string) =>
    queryOptions({
      queryKey: ['search', 'complete', text, cursor, zone] as const,
      queryFn: ({ signal }) => getJson<CompleteAnswer>('/api/search/complete', { text, cursor, tz: zone }, signal),
      placeholderData: keepPreviousData,
      gcTime: MINUTE_MS,
    }),
  history: () =>
    queryOptions({
      queryKey: ['search', 'history'] as const,
      queryFn: ({ signal }) => getJson<HistoryAnswer>('/api/search/history', {}, signal),
    }),
  facets: (search: string, fields: readonly CountedField[], zone: string) =>
    queryOptions({
      queryKey: ['search', 'facets', search, fields, zone] as const,
      queryFn: ({ signal }) =>
        getJson<FacetsAnswer>('/api/facets', { search, fields: fields.join(','), tz: zone }, signal),
      placeholderData: keepPreviousData,
    }),
  histogram: (span: { search: string; from?: string; to?: string; bucket?: number }, zone: string) =>
    queryOptions({
      queryKey: ['search', 'histogram', span, zone] as const,
      queryFn: ({ signal }) => getJson<HistogramAnswer>('/api/histogram', { ...span, tz: zone }, signal),
      placeholderData: keepPreviousData,
    }),
  bookmarks: (zone: string) =>
    queryOptions({
      queryKey: ['search', 'bookmarks', zone] as const,
      queryFn: ({ signal }) => getJson<BookmarksAnswer>('/api/bookmarks', { tz: zone }, signal),
      refetchInterval: MINUTE_MS / 2,
    }),
};

type Wish = { name: string; search: string; order?: string; public?: boolean; cluster?: string; tz: string };

/** What a person changes of their searches. Each throws `ApiError`. */
export const searchWrites = {
  note: (search: string) => sendJson<HistoryAnswer>('/api/search/history', { search }),
  forget: () => sendJson<HistoryAnswer>('/api/search/history', undefined, 'DELETE'),
  save: (wish: Wish) => sendJson<BookmarkAnswer>('/api/bookmarks', wish),
  remove: (id: string) => sendJson<BookmarkDeleted>(`/api/bookmarks/${encodeURIComponent(id)}`, undefined, 'DELETE'),
};
