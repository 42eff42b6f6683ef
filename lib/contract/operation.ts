import type { z } from 'zod';

/**
 * Who may ask: `viewer` is a browser session or an API token, `session` a browser session alone, `anyone` also who is
 * signed out.
 */
export type Who = 'viewer' | 'session' | 'anyone';

/** One address of our HTTP API with one method, as `GET /api/openapi.json` tells it. */
export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for each part that is a parameter. */
  path: `/api/${string}`;
  summary: string;
  who: Who;
  /** Path, query and body in one. */
  input: z.ZodType;
  /** The shape of a JSON answer, else the media type of another kind. */
  answer: z.ZodType | 'text/event-stream' | 'text/plain';
  /** Of a success; 200 when absent. */
  status?: 201 | 202;
};
