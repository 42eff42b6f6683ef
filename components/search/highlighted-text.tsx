import { type PieceKind, piecesOf } from '@/lib/domain/search/highlight';

const COLOUR: Readonly<Record<PieceKind, string>> = {
  field: 'font-strong text-(--syn-field)',
  op: 'text-(--syn-op)',
  value: 'text-(--syn-value)',
  string: 'text-(--syn-string)',
  word: 'text-(--syn-word)',
  blank: '',
};

const REFUSED = 'text-error underline decoration-error decoration-wavy decoration-1 underline-offset-3';

type Props = { text: string; refused?: { position: number; length: number } | null };

/** A search in the colours of its syntax; a refused place has a wavy line below, also when something is missing there. */
export function HighlightedText({ text, refused = null }: Props) {
  if (!refused) return piecesOf(text).map((piece) => <Piece key={piece.position} {...piece} />);
  const end = refused.position + Math.max(refused.length, 1);
  const before = piecesOf(text).flatMap((piece) => part(piece, 0, refused.position));
  const after = piecesOf(text).flatMap((piece) => part(piece, end, text.length));
  return (
    <>
      {before.map((piece) => (
        <Piece key={piece.position} {...piece} />
      ))}
      <span data-testid="refused" className={REFUSED}>
        {text.slice(refused.position, end) || '\u00a0'}
      </span>
      {after.map((piece) => (
        <Piece key={piece.position} {...piece} />
      ))}
    </>
  );
}

type PieceProps = { kind: PieceKind; text: string; position: number };

const Piece = ({ kind, text }: PieceProps) => <span className={COLOUR[kind]}>{text}</span>;

/** The part of a piece between two places of the whole text; nothing when they do not meet. */
function part(piece: PieceProps, from: number, to: number): PieceProps[] {
  const start = Math.max(piece.position, from);
  const text = piece.text.slice(start - piece.position, Math.max(to - piece.position, 0));
  return text === '' ? [] : [{ ...piece, text, position: start }];
}
