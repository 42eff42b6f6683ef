import Link from 'next/link';

export default function NotFound() {
  return (
    <div className="grid h-full place-items-center p-6 text-center">
      <div>
        <h1 className="text-16 font-semibold">There is no such task, or you may not see it.</h1>
        <p className="mt-2 max-w-[60ch] text-ink-2">
          A task of a cluster that you are not signed in to is not shown either.
        </p>
        <p className="mt-4">
          <Link href="/tasks" className="underlined">
            Back to the tasks
          </Link>
        </p>
      </div>
    </div>
  );
}
