import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="grid h-dvh grid-cols-1 place-items-center p-6">
      <div className="w-120 max-w-full">
        <h1 className="mb-1 text-16 font-semibold tracking-tight">There is no such page</h1>
        <p className="mb-4 text-ink-2">
          The address may be cut off. Every task, search and cluster has an address of its own.
        </p>
        <Link href="/tasks" className={buttonClass('plain')}>
          All tasks
        </Link>
      </div>
    </main>
  );
}
