import { type ReactNode, useId } from 'react';

export const INPUT =
  'h-9 w-full rounded-2 border border-line-strong bg-bg px-2.5 outline-none focus:border-accent focus:ring-3 focus:ring-accent-soft disabled:opacity-50 touch:h-10';

/** A label above its control. */
export function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="mb-3.5">
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
