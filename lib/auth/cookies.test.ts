import { expect, test } from 'vitest';
import { cookieRules, knownCookie, readCookie, setCookie } from './cookies';

test('behind https and at a sub-path a cookie is secure and stays below that path', () => {
  const where = { publicUrl: 'https://ops.example/tasks-ui', basePath: '/tasks-ui' };
  expect(cookieRules('session', where)).toEqual({
    name: '__Secure-taskscope.session',
    options: { httpOnly: true, sameSite: 'lax', path: '/tasks-ui', secure: true },
  });
  expect(setCookie(knownCookie(where), 'v', 60)).toBe(
    'taskscope_known=v; Path=/tasks-ui; Max-Age=60; HttpOnly; SameSite=Lax; Secure',
  );
});

test('on plain http at the root it is not, as a browser would drop it', () => {
  expect(cookieRules('session', { basePath: '' })).toMatchObject({
    name: 'taskscope.session',
    options: { path: '/', secure: false },
  });
});

test('a cookie is found by its whole name, with its whole value', () => {
  const headers = new Headers({ cookie: 'xtaskscope_known=no; taskscope_known=a.b=c; other=1' });
  expect(readCookie(headers, 'taskscope_known')).toBe('a.b=c');
  expect(readCookie(headers, 'known')).toBeUndefined();
});
