/** Searches that everyone has, search-language 14. */
export const STOCK_SEARCHES = [
  { name: 'running', search: 'state = running' },
  { name: 'failed', search: 'state = paused or result = error or result = warning' },
  { name: 'mine', search: 'user = current_user' },
  { name: 'long running', search: 'state = running and duration > 2d' },
] as const;
