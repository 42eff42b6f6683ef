import { memo, useState } from 'react';
import { countText } from '@/lib/client/format-time';
import { type AnsiSpan, parseAnsi } from '@/lib/domain/log/ansi';
import { type Severity, severityOf } from '@/lib/domain/log/severity';

type Props = {
  n: number;
  /** Undefined while the line is on its way. */
  text: string | undefined;
  wrap: boolean;
  chosen: boolean;
  /** It may be half written. */
  growing: boolean;
};

/** A line may have 200,000 characters; so many are drawn until more is asked for. */
const DRAWN_CHARS = 4_000;

const GROUND: Record<Severity, string> = { error: 'bg-error-soft', warning: 'bg-warning-soft', info: '' };
const INK: Record<Severity, string> = { error: 'text-error', warning: 'text-warning', info: 'text-ink' };
const KIND: Record<Severity, string> = { error: 'Error: ', warning: 'Warning: ', info: '' };

/** One line: its number, which is a link to it, and its text with colours as the worker wrote them. */
export const LogRow = memo(function LogRow({ n, text, wrap, chosen, growing }: Props) {
  const [whole, setWhole] = useState(false);
  const spans = text === undefined ? [] : parseAnsi(text);
  const shown = spans.map((span) => span.text).join('');
  const severity = severityOf(shown);
  const cut = !whole && shown.length > DRAWN_CHARS;
  const ground = chosen ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]' : GROUND[severity];
  return (
    <div className={`grid min-h-[20px] grid-cols-[var(--gutter)_minmax(0,1fr)] pr-5 ${ground}`}>
      <a
        href={`#L${n}`}
        data-line={n}
        tabIndex={-1}
        className={`pr-3.5 text-right select-none hover:underline max-md:pr-2.5 ${chosen ? 'font-semibold text-accent' : 'text-ink-3'}`}
      >
        {n}
      </a>
      <span
        className={`${wrap ? 'break-all whitespace-break-spaces' : 'whitespace-pre'} ${growing ? 'text-ink-2' : INK[severity]}`}
      >
        {KIND[severity] !== '' && <span className="sr-only">{KIND[severity]}</span>}
        {cut ? <Plain text={shown.slice(0, DRAWN_CHARS)} /> : <Spans spans={spans} />}
        {cut && (
          <button type="button" className="underlined ml-2 font-sans text-ink-3" onClick={() => setWhole(true)}>
            {countText(shown.length - DRAWN_CHARS)} more characters
          </button>
        )}
      </span>
    </div>
  );
});

function Spans({ spans }: { spans: readonly AnsiSpan[] }) {
  const [only, ...others] = spans;
  if (!only) return null;
  if (others.length === 0 && isPlain(only)) return <Plain text={only.text} />;
  return spans.map((span, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a line have no identity but their place
    <span key={at} className={look(span)} style={ink(span)}>
      {span.text}
    </span>
  ));
}

const isPlain = ({ text: _, ...style }: AnsiSpan): boolean => Object.values(style).every((value) => !value);

const look = ({ bold, dim, italic, underline }: AnsiSpan): string =>
  [bold && 'font-semibold', dim && 'opacity-70', italic && 'italic', underline && 'underline']
    .filter(Boolean)
    .join(' ');

/** A background colour would cost the contrast of the text, so it is drawn as a line below it. */
const ink = ({ color, background }: AnsiSpan) => ({
  ...(color ? { color: `var(--ansi-${color})` } : {}),
  ...(background ? { boxShadow: `inset 0 -1px 0 var(--ansi-${background})` } : {}),
});

// The level word, or the node's time: what stands in front of every line and is not what one reads for.
const LEAD = /^(?:INFO: |\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )/;

function Plain({ text }: { text: string }) {
  const lead = LEAD.exec(text)?.[0];
  if (lead === undefined) return text;
  return (
    <>
      <span className="text-ink-3">{lead}</span>
      {text.slice(lead.length)}
    </>
  );
}
