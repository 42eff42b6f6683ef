import { ResultIcon } from '@/components/tasks/result-icon';
import type { Refusal } from './read-search';

type Props = { id: string; error: Refusal; onTake: (suggestion: string) => void };

/** Why a search is refused, in words, with what could stand there instead one click away. */
export function QueryError({ id, error, onTake }: Props) {
  const [, first = error.message, rest = ''] = /^(.*?[.?])( .*)$/.exec(error.message) ?? [];
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1.5 py-0.5">
      <p id={id} role="alert" className="flex min-w-0 flex-1 basis-80 gap-2 break-words text-13">
        <span className="mt-0.5 shrink-0">
          <ResultIcon state="stopped" result="error" hidden />
        </span>
        <span className="min-w-0">
          <b className="font-strong text-error">{first}</b>
          <span className="text-ink-2">{rest}</span>
        </span>
      </p>
      {error.suggestions.length > 0 && (
        <div className="flex flex-wrap items-center gap-1.5">
          <span className="text-12 text-ink-3">Did you mean</span>
          {error.suggestions.map((suggestion) => (
            <button
              key={suggestion}
              type="button"
              onClick={() => onTake(suggestion)}
              className="h-6 rounded-2 border border-dashed border-line-strong px-2 text-12 text-ink-2 hover:bg-hover hover:text-ink touch:h-10"
            >
              {suggestion}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
