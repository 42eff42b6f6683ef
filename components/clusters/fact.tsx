import type { ReactNode } from 'react';

/** A name above its value. */
export function Fact({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={`flex min-w-0 flex-col text-[12.5px] leading-4.5 ${wide ? 'col-span-2' : ''}`}>
      <dt className="text-[11.5px] text-ink-3">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
