'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Menu, MenuChoice, MenuHead, MenuItem, MenuLine } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import { withBase } from '@/lib/client/base-path';
import { chosenTheme, isTheme, setTheme } from '@/lib/client/preferences';
import { signOut, signOutOf } from '@/lib/client/session';
import { useShell } from './shell-context';

/** Who is signed in, at the foot of the rail. */
export function UserMenu({ onKeys }: { onKeys: () => void }) {
  const { session } = useShell();
  const first = session.clusters.find((cluster) => cluster.signed_in);
  const user = first?.user ?? 'Signed out';
  return (
    <div className="mt-1 border-t border-line pt-1.5">
      <Menu
        side="top"
        align="start"
        trigger={
          <button
            type="button"
            title={user}
            className="flex h-8 w-full items-center gap-2 rounded-2 px-2 text-12 text-ink-2 hover:bg-hover folded:w-9 folded:justify-center folded:px-0 touch:h-10"
          >
            <Icon name="user" className="text-ink-3" />
            <span className="min-w-0 flex-1 truncate text-left folded:sr-only">{user}</span>
            <Icon name="up" size={14} className="text-ink-3 folded:hidden" />
          </button>
        }
      >
        <UserMenuItems />
        <MenuItem onSelect={onKeys} shortcut="?">
          Keys
        </MenuItem>
      </Menu>
    </div>
  );
}

/** Theme, sessions and sign-out; also what a phone finds behind "More". */
export function UserMenuItems() {
  const { session } = useShell();
  const router = useRouter();
  const queries = useQueryClient();
  // The attribute on <html> has the truth; this only draws the check anew.
  const [theme, showTheme] = useState(chosenTheme);
  const leave = (ending: Promise<void>, then: () => void) =>
    ending.then(then, () => toast('Taskscope does not answer, so you are still signed in.', true));
  const several = session.clusters.length > 1;
  return (
    <>
      <MenuHead>Theme</MenuHead>
      <MenuChoice
        value={theme}
        options={[
          ['system', 'As the system'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
        onChange={(value) => {
          if (!isTheme(value)) return;
          setTheme(value);
          showTheme(value);
        }}
      />
      <MenuLine />
      {several &&
        session.clusters.map(({ id, name, signed_in, user }) =>
          signed_in ? (
            <MenuItem
              key={id}
              icon="leave"
              onSelect={() =>
                leave(signOutOf(id), () => {
                  queries.clear();
                  router.refresh();
                })
              }
            >
              Sign out of {name} <span className="text-ink-3">{user}</span>
            </MenuItem>
          ) : (
            <MenuItem key={id} icon="key" onSelect={() => router.push(`/sign-in?also=${encodeURIComponent(id)}`)}>
              Sign in to {name} too
            </MenuItem>
          ),
        )}
      {several && <MenuLine />}
      <MenuItem
        icon="leave"
        onSelect={() =>
          // A whole page load, so that nothing of this viewer stays in memory.
          leave(signOut(), () => window.location.assign(withBase('/sign-in')))
        }
      >
        {several ? 'Sign out everywhere' : 'Sign out'}
      </MenuItem>
    </>
  );
}
