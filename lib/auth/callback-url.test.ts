import { expect, test } from 'vitest';
import { landingPath } from './callback-url';

test.each(['/tasks?search=result+%3D+error&page=2', '/tasks/lab/UPID%3Apve1', '/', '/tasks#L10'])(
  '%s is ours',
  (path) => {
    expect(landingPath(path)).toBe(path);
  },
);

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  '/..//evil.example',
  'tasks',
  '',
  undefined,
  '/sign-in?callbackUrl=/sign-in',
  `/${'x'.repeat(9_000)}`,
])('%j is not: the start page', (path) => {
  expect(landingPath(path)).toBe('/');
});
