import { glob } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { API } from '@/lib/contract/api';
import type { RouteHandler } from '@/lib/http/make-route';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every exported handler below app/api, by `METHOD /api/path/{parameter}`. */
async function handlers(): Promise<Map<string, Partial<RouteHandler>>> {
  const found = new Map<string, Partial<RouteHandler>>();
  for await (const file of glob('app/api/**/route.ts')) {
    const path = `/${file
      .replaceAll('\\', '/')
      .replace(/^app\//, '')
      .replace(/\/route\.ts$/, '')}`;
    const address = path.replaceAll(/\[(?:\.\.\.)?([^\]]+)\]/g, '{$1}');
    const module: Record<string, unknown> = await import(`${process.cwd()}/${file}`);
    for (const method of METHODS) {
      if (typeof module[method] === 'function') found.set(`${method} ${address}`, module[method] as RouteHandler);
    }
  }
  return found;
}

const routes = await handlers();
const contract = new Map(API.map((operation) => [`${operation.method} ${operation.path}`, operation]));
// next-auth reads and answers these itself.
const FOREIGN = ['GET /api/auth/{nextauth}', 'POST /api/auth/{nextauth}'];

test('every route states who may ask', () => {
  const silent = [...routes].filter(([, handler]) => !handler.who).map(([address]) => address);
  expect(silent).toEqual([]);
  expect(routes.size).toBeGreaterThan(7);
});

test('nobody but these may be asked without signing in', () => {
  const open = [...routes].filter(([, handler]) => handler.who === 'anyone').map(([address]) => address);
  expect(open.sort()).toEqual([
    'GET /api/auth/{nextauth}',
    'GET /api/health/live',
    'GET /api/health/ready',
    'GET /api/openapi.json',
    'GET /api/upid/{upid}',
    'POST /api/auth/{nextauth}',
  ]);
});

test('the contract and the routes name each other', () => {
  expect([...routes.keys()].filter((address) => !FOREIGN.includes(address)).sort()).toEqual(
    [...contract.keys()].sort(),
  );
});

test.each([...contract])('%s asks and answers what the contract says', (address, { who, input, answer }) => {
  const handler = routes.get(address);
  expect(handler?.who).toBe(who);
  expect(handler?.input).toBe(input);
  expect(handler?.output ?? 'other').toBe(typeof answer === 'string' ? 'other' : answer);
});
