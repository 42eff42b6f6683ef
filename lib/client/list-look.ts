/** Columns that one can choose, order and size; the mark and the task itself always stand before them. */
export const MOVABLE = ['label', 'exitstatus', 'node', 'cluster', 'user', 'started_at', 'duration'] as const;
export type MovableColumn = (typeof MOVABLE)[number];
export type ColumnId = 'action' | MovableColumn;

/** `auto`: shown where the window is wide enough for it. */
export type Showing = 'auto' | 'on' | 'off';

/** How the list looks in this browser. */
export type ListLook = {
  density: 'comfortable' | 'dense';
  /** The panel of values beside the list is open. */
  values: boolean;
  /** From left to right; each is in it once. */
  order: readonly MovableColumn[];
  /** What is not in it is `auto`. */
  showing: Readonly<Partial<Record<MovableColumn, Exclude<Showing, 'auto'>>>>;
  /** Pixels; what is not in it takes its share. */
  widths: Readonly<Partial<Record<ColumnId, number>>>;
};

export const PLAIN_LOOK: ListLook = { density: 'comfortable', values: false, order: MOVABLE, showing: {}, widths: {} };

const NARROWEST = 40;
const WIDEST = 1200;

/** A look as the text of a cookie; undone by `readLook`. */
export function printLook({ density, values, order, showing, widths }: ListLook): string {
  const columns = (['action', ...order] as const).map((id) => {
    const sign = id === 'action' ? '' : { on: '+', off: '-', auto: '' }[showing[id] ?? 'auto'];
    return `${sign}${id}${widths[id] === undefined ? '' : `:${widths[id]}`}`;
  });
  return [density, ...(values ? ['values'] : []), ...columns].join(' ');
}

/** Reads a cookie, also one of an older or a newer version: what it does not know is left out, what is missing is plain. */
export function readLook(text: string | undefined): ListLook {
  const order: MovableColumn[] = [];
  const showing: Partial<Record<MovableColumn, 'on' | 'off'>> = {};
  const widths: Partial<Record<ColumnId, number>> = {};
  const words = (text ?? '').split(' ');
  for (const word of words) {
    const [, sign = '', name = '', width] = /^([+-]?)([a-z_]+)(?::(\d{1,4}))?$/.exec(word) ?? [];
    const id = name === 'action' ? name : MOVABLE.find((one) => one === name);
    if (!id) continue;
    if (width !== undefined) widths[id] = withinLimits(Number(width));
    if (id === 'action' || order.includes(id)) continue;
    order.push(id);
    if (sign !== '') showing[id] = sign === '+' ? 'on' : 'off';
  }
  return {
    density: words[0] === 'dense' ? 'dense' : 'comfortable',
    values: words.includes('values'),
    order: [...order, ...MOVABLE.filter((id) => !order.includes(id))],
    showing,
    widths,
  };
}

/** The look with a column moved by so many places, staying within the row. */
export function moved(look: ListLook, id: MovableColumn, by: number): ListLook {
  const from = look.order.indexOf(id);
  const to = Math.max(0, Math.min(from + by, look.order.length - 1));
  return { ...look, order: look.order.toSpliced(from, 1).toSpliced(to, 0, id) };
}

/** The look with a column of this width in pixels; null gives it its share again. */
export function sized(look: ListLook, id: ColumnId, width: number | null): ListLook {
  const { [id]: _, ...others } = look.widths;
  return { ...look, widths: width === null ? others : { ...others, [id]: withinLimits(Math.round(width)) } };
}

const withinLimits = (width: number): number => Math.max(NARROWEST, Math.min(width, WIDEST));
