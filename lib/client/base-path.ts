/** What stands before every path of ours when the product is served below a sub-path; empty at the root. */
const BASE_PATH = process.env.NEXT_PUBLIC_BASE_PATH ?? '';

/** The path as the browser must ask for it: `fetch`, `EventSource` and `history` do not know the base path. */
export const withBase = (path: string): string => `${BASE_PATH}${path}`;
