import { Dialog } from '@/components/ui/dialog';
import { HighlightedText } from './highlighted-text';
import { EXAMPLES } from './search-examples';

type Props = { onSearch: (text: string) => void; onClose: () => void };

/** The language by example; a click runs one. */
export function SearchHelp({ onSearch, onClose }: Props) {
  return (
    <Dialog title="How to search" onClose={onClose} width={620}>
      <div className="px-5 pt-2 pb-5">
        <p className="text-ink-2">
          Write a word, or a field, an operator and a value. <kbd>Tab</kbd> completes with values that your tasks have.
        </p>
        {EXAMPLES.map(({ title, searches }) => (
          <section key={title}>
            <h3 className="pt-4 pb-1 text-11 font-medium text-ink-3">{title}</h3>
            <ul>
              {searches.map(([search, meaning]) => (
                <li key={search} className="border-b border-line-soft">
                  <button
                    type="button"
                    onClick={() => {
                      onClose();
                      onSearch(search);
                    }}
                    className="flex min-h-8 w-full flex-wrap items-center justify-between gap-x-4 rounded-2 px-1.5 py-1 text-left hover:bg-hover"
                  >
                    <span className="mono">
                      <HighlightedText text={search} />
                    </span>
                    <span className="text-12 text-ink-3">{meaning}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
