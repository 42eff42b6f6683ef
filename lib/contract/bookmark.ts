import { z } from 'zod';
import { TimeZone } from './search';

/** A search that is kept by name. */
export const BookmarkAnswer = z.object({
  id: z.string(),
  name: z.string(),
  search: z.string(),
  order: z.string(),
  public: z.boolean().describe('everyone who is signed in to the cluster sees it'),
  stock: z.boolean().describe('one of those that everyone has until they delete it'),
  cluster: z.string(),
  owner: z.string().describe('user@realm'),
  own: z.boolean().describe('the viewer may delete it'),
  count: z.number().int().nullable().describe('tasks it finds for the viewer; null when it cannot be read any more'),
  count_is_exact: z.boolean(),
});
export type BookmarkAnswer = z.infer<typeof BookmarkAnswer>;

export const BookmarksRequest = z.strictObject({ tz: TimeZone });
export type BookmarksRequest = z.infer<typeof BookmarksRequest>;

export const BookmarksAnswer = z.object({ bookmarks: z.array(BookmarkAnswer).describe('own before public') });
export type BookmarksAnswer = z.infer<typeof BookmarksAnswer>;

export const NewBookmark = z.strictObject({
  name: z.string().trim().min(1).max(80),
  search: z.string(),
  order: z.string().default(''),
  public: z.boolean().default(false),
  cluster: z.string().optional().describe('where it belongs; the first one the viewer is signed in to when absent'),
  tz: TimeZone,
});
export type NewBookmark = z.infer<typeof NewBookmark>;

export const BookmarkRequest = z.strictObject({ id: z.string() });
export type BookmarkRequest = z.infer<typeof BookmarkRequest>;

export const BookmarkDeleted = z.object({ id: z.string() });
export type BookmarkDeleted = z.infer<typeof BookmarkDeleted>;
