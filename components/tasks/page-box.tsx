import { useEffect, useRef } from 'react';
import type { Selection } from './use-selection';

/** The box that selects all rows of the page, or none. */
export function PageBox({ selection }: { selection: Selection }) {
  const box = useRef<HTMLInputElement>(null);
  const { page, togglePage } = selection;
  useEffect(() => {
    if (box.current) box.current.indeterminate = page === 'some';
  }, [page]);
  return (
    <label className="-m-2 grid size-8 cursor-pointer place-items-center">
      <input
        ref={box}
        type="checkbox"
        aria-label="Select all on this page"
        checked={page === true}
        onChange={togglePage}
        className="check"
      />
    </label>
  );
}
