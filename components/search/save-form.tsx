'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useZone } from '@/components/ui/clock';
import { copyText, toast } from '@/components/ui/toast';
import { searchWrites } from '@/lib/client/search-queries';
import type { BookmarkAnswer } from '@/lib/contract/bookmark';

type Props = { search: string; order: string; saved: BookmarkAnswer | undefined; onDone: () => void };

/** Keeps a search by name, for oneself or for all; one that is kept can be copied as a link or, when it is own, deleted. */
export function SaveForm({ search, order, saved, onDone }: Props) {
  const zone = useZone();
  const queries = useQueryClient();
  const id = useId();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const settled = (told: string) => {
    toast(told);
    onDone();
    return queries.invalidateQueries({ queryKey: ['search', 'bookmarks'] });
  };
  const save = useMutation({
    mutationFn: () => searchWrites.save({ name: name.trim(), search, order, public: shared, tz: zone }),
    onSuccess: ({ name: kept }) => settled(`Saved as "${kept}"`),
  });
  const remove = useMutation({
    mutationFn: (one: BookmarkAnswer) => searchWrites.remove(one.id),
    onSuccess: (_, one) => settled(`"${one.name}" deleted`),
  });
  const problem = save.error ?? remove.error;
  return (
    <form
      className="flex flex-col gap-2.5 px-3 py-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') save.mutate();
      }}
    >
      {saved ? (
        <p className="text-ink-2">
          Saved as <b className="font-strong text-ink">{saved.name}</b>
          {saved.own ? '' : `, shared by ${saved.owner}`}.
        </p>
      ) : (
        <>
          <label htmlFor={id} className="text-12 text-ink-3">
            Name
          </label>
          <input
            id={id}
            value={name}
            maxLength={80}
            autoComplete="off"
            aria-describedby={`${id}-problem`}
            onChange={(event) => {
              setName(event.target.value);
              save.reset();
            }}
            className="-mt-1.5 h-(--ctl) rounded-2 border border-line-strong bg-bg px-2"
          />
          <label className="flex min-h-6 cursor-pointer items-center gap-2 touch:min-h-10">
            <input
              type="checkbox"
              className="check"
              checked={shared}
              onChange={(event) => setShared(event.target.checked)}
            />
            Shared with all who sign in
          </label>
        </>
      )}
      <p id={`${id}-problem`} role="alert" className="text-12 text-error empty:hidden">
        {problem?.message}
      </p>
      <div className="flex justify-end gap-2">
        <Button look="quiet" icon="link" onClick={() => copyText(window.location.href, 'Link of the search')}>
          Copy link
        </Button>
        {saved?.own && (
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate(saved)}>
            Delete
          </Button>
        )}
        {!saved && (
          <Button type="submit" look="primary" disabled={name.trim() === '' || save.isPending}>
            Save
          </Button>
        )}
      </div>
    </form>
  );
}
