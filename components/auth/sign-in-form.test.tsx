import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SignInForm } from './sign-in-form';

const realm = (name: string, unusable: string | null = null) => ({
  ...{ realm: name, comment: null, is_default: name === 'pam', unusable },
});
const lab = { id: 'lab', name: 'Lab', away: false, realms: [realm('pam'), realm('pve'), realm('sso', 'Not here.')] };
const fra = { id: 'fra', name: 'Frankfurt', away: true, realms: [realm('pam')] };

let sent: URLSearchParams[] = [];
let outcomes: (string | null)[] = [];
const assigned: string[] = [];

beforeEach(() => {
  sent = [];
  assigned.length = 0;
  globalThis.fetch = async (input, init) => {
    if (String(input).endsWith('/csrf')) return Response.json({ csrfToken: 'c' });
    sent.push(new URLSearchParams(String(init?.body)));
    const error = outcomes.shift() ?? null;
    const url = new URL('http://localhost/sign-in');
    if (error !== null) url.searchParams.set('error', error);
    return Response.json({ url: url.href }, { status: error === null ? 200 : 401 });
  };
  vi.spyOn(window.location, 'assign').mockImplementation((to) => {
    assigned.push(String(to));
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function show(clusters = [lab], answers: (string | null)[] = []) {
  outcomes = answers;
  const router = { push() {}, replace() {}, refresh() {}, back() {}, forward() {}, prefetch() {} };
  render(
    <AppRouterContext value={router as never}>
      <SignInForm clusters={clusters} next="/tasks?search=result+%3D+error" also={false} />
    </AppRouterContext>,
  );
}
const fill = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const submit = () => fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));

test('a sign-in leads to the address first asked for', async () => {
  show([lab], [null]);
  expect(screen.queryByLabelText('Cluster')).toBeNull();
  fill('User', 'root');
  fill('Password', 'secret');
  submit();
  await waitFor(() => expect(assigned).toEqual(['/tasks?search=result+%3D+error']));
  expect(Object.fromEntries(sent[0] ?? [])).toMatchObject({ cluster: 'lab', realm: 'pam', username: 'root' });
});

test('a user may be written with the realm', async () => {
  show([lab], [null]);
  fill('User', 'anna@pve');
  expect(screen.getByLabelText<HTMLSelectElement>('Realm').value).toBe('pve');
  fill('Password', 'secret');
  submit();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(Object.fromEntries(sent[0] ?? [])).toMatchObject({ realm: 'pve', username: 'anna' });
});

test('a refusal says the one sentence and keeps the user', async () => {
  show([lab], ['REFUSED']);
  fill('User', 'root');
  fill('Password', 'wrong');
  submit();
  expect((await screen.findByRole('alert')).textContent).toContain(
    'Proxmox did not accept this user, password or code.',
  );
  expect(screen.getByLabelText<HTMLInputElement>('User').value).toBe('root');
  expect(assigned).toEqual([]);
});

test.each([
  ['THROTTLED:42', 'Too many tries. The next one is possible in 42 s.'],
  ['AWAY:lab', 'Lab does not answer; choose another cluster.'],
  ['INTERNAL', 'Taskscope could not finish the sign-in. Its log says why.'],
])('%s is said as "%s"', async (error, sentence) => {
  show([lab, fra], [error]);
  fill('User', 'root');
  fill('Password', 'x');
  submit();
  expect((await screen.findByRole('alert')).textContent).toBe(sentence);
});

test('a realm that cannot be used is listed, disabled, with its reason', () => {
  show();
  expect(screen.getByRole<HTMLOptionElement>('option', { name: /sso/ }).disabled).toBe(true);
  expect(screen.getByText('sso: Not here.')).toBeDefined();
});

test('a second factor offers what is enrolled, and a wrong code can be tried again', async () => {
  show([lab], ['TFA:t1:totp,recovery,webauthn', 'REFUSED', null]);
  fill('User', 'root');
  fill('Password', 'secret');
  submit();
  const code = await screen.findByLabelText<HTMLInputElement>('Code from your authenticator');
  expect(screen.getAllByRole('radio').map((one) => one.closest('label')?.textContent)).toEqual([
    'Code',
    'Recovery key',
  ]);
  expect(screen.getByText(/Your security key is registered too/)).toBeDefined();
  fireEvent.change(code, { target: { value: '40 71 11 9' } });
  expect(code.value).toBe('407111');
  submit();
  expect((await screen.findByRole('alert')).textContent).toContain('That code was not accepted.');
  fireEvent.change(code, { target: { value: '123456' } });
  submit();
  await waitFor(() => expect(assigned).toHaveLength(1));
  expect(Object.fromEntries(sent[2] ?? [])).toMatchObject({ tfa_id: 't1', tfa_kind: 'totp', tfa_code: '123456' });
});

test('an account with nothing but a security key is told so', async () => {
  show([lab], ['TFA:t1:webauthn']);
  fill('User', 'root');
  fill('Password', 'secret');
  submit();
  expect(await screen.findByText(/This account has only a security key/)).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Sign in' })).toBeNull();
});

test('a second factor that came too late leads back to the password', async () => {
  show([lab], ['TFA:t1:totp', 'TFA_EXPIRED']);
  fill('User', 'root');
  fill('Password', 'secret');
  submit();
  fireEvent.change(await screen.findByLabelText('Code from your authenticator'), { target: { value: '123456' } });
  submit();
  expect((await screen.findByRole('alert')).textContent).toContain('Begin again with the password.');
  expect(screen.getByLabelText('Password')).toBeDefined();
});
