import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { type Binding, KeysProvider, pressedKey, useKeys } from './keys';

afterEach(cleanup);

function Bound({ bindings }: { bindings: Binding[] }) {
  useKeys(bindings);
  return <input aria-label="field" />;
}
const bind = (key: string, run: () => void, more: Partial<Binding> = {}): Binding => ({
  key,
  name: key,
  where: 'Everywhere',
  run,
  ...more,
});
const show = (...bindings: Binding[]) =>
  render(
    <KeysProvider>
      <Bound bindings={bindings} />
    </KeysProvider>,
  );

test('a key runs what is bound to it, and not while someone types', () => {
  const run = vi.fn();
  show(bind('j', run));
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(run).toHaveBeenCalledOnce();
  fireEvent.keyDown(screen.getByLabelText('field'), { key: 'j' });
  expect(run).toHaveBeenCalledOnce();
});

test('a key with Ctrl is another key, and the browser keeps what is not ours', () => {
  const run = vi.fn();
  show(bind('c', run));
  expect(fireEvent.keyDown(document.body, { key: 'c', ctrlKey: true })).toBe(true);
  expect(run).not.toHaveBeenCalled();
});

test('two keys after one another are one binding', () => {
  const run = vi.fn();
  const t = vi.fn();
  show(bind('g t', run), bind('t', t));
  fireEvent.keyDown(document.body, { key: 'g' });
  fireEvent.keyDown(document.body, { key: 't' });
  expect(run).toHaveBeenCalledOnce();
  expect(t).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: 't' });
  expect(t).toHaveBeenCalledOnce();
});

test('keys are silent while a dialog is open', () => {
  const run = vi.fn();
  show(bind('j', run));
  const dialog = document.createElement('div');
  dialog.setAttribute('role', 'dialog');
  document.body.append(dialog);
  fireEvent.keyDown(document.body, { key: 'j' });
  dialog.remove();
  expect(run).not.toHaveBeenCalled();
});

test('names of pressed keys', () => {
  const press = (key: string, more: object = {}) =>
    pressedKey({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
  expect(press('D', { shiftKey: true })).toBe('Shift D');
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('k', { metaKey: true })).toBe('Ctrl K');
  expect(press('ArrowDown')).toBe('ArrowDown');
  expect(press('Enter', { ctrlKey: true })).toBe('Ctrl Enter');
});
