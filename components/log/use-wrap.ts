'use client';

import { useState } from 'react';
import { useNarrow } from './use-narrow';

/** Whether lines are wrapped: on a phone they are, until chosen otherwise for this page. */
export function useWrap(): [boolean, (wrap: boolean) => void] {
  const [chosen, setChosen] = useState<boolean>();
  const narrow = useNarrow();
  return [chosen ?? narrow, setChosen];
}
