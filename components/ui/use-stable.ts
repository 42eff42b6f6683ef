import { useCallback, useLayoutEffect, useRef } from 'react';

/** The same function for ever that calls the latest one; for events, so that rows need not be drawn again. */
export function useStable<A extends readonly unknown[]>(run: (...args: A) => void): (...args: A) => void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
