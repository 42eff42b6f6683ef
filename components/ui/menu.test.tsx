import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Menu, MenuItem } from './menu';

afterEach(cleanup);

test('the first click opens the menu, although its code is loaded only then', async () => {
  const run = vi.fn();
  const onOpenChange = vi.fn();
  render(
    <Menu trigger={<button type="button">More</button>} onOpenChange={onOpenChange}>
      <MenuItem onSelect={run}>Copy link</MenuItem>
    </Menu>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'More' }));
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Copy link' }));
  expect(run).toHaveBeenCalledOnce();
  expect(onOpenChange.mock.calls).toEqual([[true], [false]]);
});
