const SIGNS: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** The keys of a binding as caps. */
export function KeyCaps({ of }: { of: string }) {
  return of.split(' ').map((cap, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one binding never change places
    <kbd key={at}>{SIGNS[cap] ?? cap}</kbd>
  ));
}
