'use client';

import { Fragment } from 'react';
import { Dialog } from './dialog';
import { KeyCaps } from './key-caps';
import type { Binding } from './keys';

/** What the keys do, group by group: exactly those that are bound now. */
export function KeysDialog({ bindings, onClose }: { bindings: readonly Binding[]; onClose: () => void }) {
  const groups = [...new Set(bindings.map((one) => one.where))].sort();
  return (
    <Dialog title="Keys" onClose={onClose} width={520} reading>
      <div className="px-5 pt-3 pb-5">
        {groups.map((where) => (
          <section key={where}>
            <h3 className="pt-3 pb-1 text-11 font-medium text-ink-3">{where}</h3>
            <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center">
              {namesIn(bindings, where).map(([name, keys]) => (
                <Fragment key={name}>
                  <dt className="flex h-8 items-center border-b border-line-soft">{name}</dt>
                  <dd className="flex h-8 items-center justify-end gap-1.5 border-b border-line-soft text-ink-3">
                    {keys.map((key, at) => (
                      <Fragment key={key}>
                        {at > 0 && <span className="px-0.5 text-11">or</span>}
                        <KeyCaps of={key} />
                      </Fragment>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
        <p className="pt-4 text-12 text-ink-3">Single keys work only outside text fields.</p>
      </div>
    </Dialog>
  );
}

function namesIn(bindings: readonly Binding[], where: string): [string, string[]][] {
  const names = new Map<string, string[]>();
  for (const one of bindings) {
    if (one.where !== where) continue;
    const keys = names.get(one.name) ?? [];
    if (!keys.includes(one.key)) keys.push(one.key);
    names.set(one.name, keys);
  }
  return [...names];
}
