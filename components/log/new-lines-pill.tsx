import { Icon } from '@/components/ui/icon';
import { countText } from '@/lib/client/format-time';

/** Lines that came while following was paused; nothing moves until it is pressed. */
export function NewLinesPill({ count, onPress }: { count: number; onPress(): void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="absolute right-7 bottom-4 z-10 inline-flex h-7 items-center gap-1.5 rounded-full bg-ink px-3 text-12 font-strong text-bg shadow-pop max-md:right-3.5 max-md:h-10"
    >
      <Icon name="follow" />
      {countText(count)} new {count === 1 ? 'line' : 'lines'}
      <kbd className="rounded border border-current px-1 text-[10px] opacity-70 max-md:hidden">End</kbd>
    </button>
  );
}
