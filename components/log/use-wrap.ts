'use client';

import { useEffect, useState } from 'react';

const NARROW = '(max-width: 767px)';

/** Whether lines are wrapped: on a phone they are, until chosen otherwise for this page. */
export function useWrap(): [boolean, (wrap: boolean) => void] {
  const [chosen, setChosen] = useState<boolean>();
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const query = window.matchMedia(NARROW);
    const follow = () => setNarrow(query.matches);
    follow();
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return [chosen ?? narrow, setChosen];
}
