'use client';

import { useEffect, useState } from 'react';

const AFTER_MS = 300;

/** Two pixels that say that an answer is on its way, once it takes longer than one notices. It lies over the line above the rows. */
export function LoadingBar({ loading }: { loading: boolean }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!loading) return setLate(false);
    const timer = setTimeout(() => setLate(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, [loading]);
  return (
    <div className="absolute inset-x-0 bottom-0 h-0.5 overflow-hidden" role={late ? 'status' : undefined}>
      {late && (
        <>
          <i className="sliding absolute inset-y-0 left-[22%] w-[30%] rounded-full bg-accent" />
          <span className="sr-only">Loading</span>
        </>
      )}
    </div>
  );
}
