import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api';

/** A query client for one request on the server, or for the whole life of a page in the browser. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        // An answer with a reason is an answer: only silence is worth a second try.
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.code === 'no_answer',
      },
    },
  });
