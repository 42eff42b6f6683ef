import { Button, IconButton } from '@/components/ui/button';
import { type MovableColumn, moved, PLAIN_LOOK } from '@/lib/client/list-look';
import { COLUMNS } from './columns';
import type { Look } from './use-look';

type Props = { look: Look; onOrder: () => void };

const DENSITIES = [
  ['comfortable', 'Comfortable'],
  ['dense', 'Dense'],
] as const;

/** Which columns there are and in which order, how high a row is, and the way back to how it was. */
export function ColumnsPanel({ look: { look, change, columns }, onOrder }: Props) {
  const show = (id: MovableColumn, on: boolean) =>
    change({ ...look, showing: { ...look.showing, [id]: on ? 'on' : 'off' } });
  return (
    <>
      {look.order.map((id, at) => {
        const { head, from } = columns.find((one) => one.id === id) ?? { ...COLUMNS[id], from: 'md' };
        return (
          <div key={id} className="flex min-h-(--ctl) items-center gap-2 pr-1.5 pl-3 hover:bg-hover">
            <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2">
              <input
                type="checkbox"
                className="check shrink-0"
                checked={from !== 'never'}
                onChange={(event) => show(id, event.target.checked)}
              />
              <span className="min-w-0 truncate">{head}</span>
              {from === 'xl' && <span className="text-12 text-ink-3">when there is room</span>}
            </label>
            <IconButton
              icon="up"
              label={`${head} further left`}
              iconSize={14}
              className="size-6"
              disabled={at === 0}
              onClick={() => change(moved(look, id, -1))}
            />
            <IconButton
              icon="down"
              label={`${head} further right`}
              iconSize={14}
              className="size-6"
              disabled={at === look.order.length - 1}
              onClick={() => change(moved(look, id, 1))}
            />
          </div>
        );
      })}
      <fieldset className="mt-1 flex border-t border-line px-3 py-2">
        <legend className="sr-only">Height of rows</legend>
        {DENSITIES.map(([density, text]) => (
          <label
            key={density}
            className="flex h-(--ctl) flex-1 cursor-pointer items-center justify-center border border-line-strong first-of-type:rounded-l-2 last-of-type:-ml-px last-of-type:rounded-r-2 hover:bg-hover has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-(--focus)"
          >
            <input
              type="radio"
              name="density"
              className="sr-only"
              checked={look.density === density}
              onChange={() => change({ ...look, density })}
            />
            {text}
          </label>
        ))}
      </fieldset>
      <div className="flex gap-2 px-3 pb-2">
        <Button className="flex-1" onClick={onOrder}>
          Order by …
        </Button>
        <Button className="flex-1" onClick={() => change({ ...PLAIN_LOOK, values: look.values })}>
          Reset
        </Button>
      </div>
    </>
  );
}
