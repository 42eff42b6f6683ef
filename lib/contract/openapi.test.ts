import { expect, test } from 'vitest';
import { z } from 'zod';
import { API } from './api';
import { openApi } from './openapi';

test('an operation tells its parameters by place, its body and its answer', () => {
  const { paths, servers } = openApi(
    [
      {
        ...{ method: 'POST', path: '/api/guests/{cluster}/actions', summary: 'Act', who: 'viewer', status: 202 },
        input: z.strictObject({ cluster: z.string(), action: z.string(), force: z.coerce.boolean().default(false) }),
        answer: z.object({ upid: z.string().nullable() }),
      },
      {
        ...{ method: 'GET', path: '/api/tasks', summary: 'Search', who: 'viewer' },
        input: z.strictObject({ search: z.string().default(''), page: z.coerce.number().int().min(1).default(1) }),
        answer: 'text/event-stream',
      },
    ],
    { version: '1.2.3', server: '/tasks-ui' },
  );
  expect(servers).toEqual([{ url: '/tasks-ui' }]);
  expect(paths['/api/guests/{cluster}/actions']?.post).toMatchObject({
    parameters: [{ name: 'cluster', in: 'path', required: true, schema: { type: 'string' } }],
    requestBody: {
      content: { 'application/json': { schema: { required: ['action'], additionalProperties: false } } },
    },
    responses: { 202: { content: { 'application/json': {} } }, default: {} },
  });
  expect(paths['/api/tasks']?.get).toMatchObject({
    parameters: [
      { name: 'search', in: 'query', required: false, schema: { default: '' } },
      { name: 'page', in: 'query', required: false, schema: { minimum: 1 } },
    ],
    responses: { 200: { content: { 'text/event-stream': {} } } },
  });
});

test('the whole API can be told', () => {
  const { paths } = openApi(API, { version: '1', server: '' });
  expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(API.length);
});
