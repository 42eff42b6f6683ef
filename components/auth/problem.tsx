import type { ReactNode } from 'react';
import { ResultIcon } from '@/components/tasks/result-icon';

/** Why the last try did not lead in. Read out as soon as it appears. */
export function Problem({ children, id }: { children: ReactNode; id: string }) {
  return (
    <p id={id} role="alert" className="mb-4 flex items-start gap-2 text-12 leading-4.5 text-ink-2">
      <span className="mt-0.5">
        <ResultIcon state="stopped" result="warning" size={14} hidden />
      </span>
      <span>{children}</span>
    </p>
  );
}
