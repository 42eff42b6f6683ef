import { z } from 'zod';
import type { Operation } from './operation';

type JsonSchema = Record<string, unknown>;
type ObjectSchema = { properties: Record<string, JsonSchema>; required: string[] };

const ErrorAnswer = z.object({
  error: z.looseObject({ code: z.string(), message: z.string(), request_id: z.string() }),
});

/** The answer of `GET /api/openapi.json`. */
export const OpenApiDocument = z.looseObject({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.unknown()) });

/** An OpenAPI 3.1 document of these operations; `server` is the path before each of them. */
export function openApi(operations: readonly Operation[], { version, server }: { version: string; server: string }) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0' as const,
    info: { title: 'Taskscope', version },
    servers: [{ url: server || '/' }],
    paths,
    components: {
      schemas: { Error: schemaOf(ErrorAnswer, 'output') },
      securitySchemes: {
        token: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'PVEAPIToken=user@realm!name=secret; with X-Cluster when more than one cluster is configured',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'taskscope.session', description: 'writes need our own Origin' },
      },
    },
  };
}

const SECURITY = { viewer: [{ session: [] }, { token: [] }], session: [{ session: [] }], anyone: [] };

function describe({ method, path, summary, who, input, answer, status }: Operation) {
  const { properties, required } = schemaOf(input, 'input') as ObjectSchema; // inputs are objects by contract
  const inPath = new Set([...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]));
  const inBody = method === 'POST' || method === 'PUT';
  const parameters = Object.entries(properties).flatMap(([name, schema]) => {
    if (inPath.has(name)) return [{ name, in: 'path', required: true, schema }];
    return inBody ? [] : [{ name, in: 'query', required: required?.includes(name) ?? false, schema }];
  });
  const rest = Object.entries(properties).filter(([name]) => inBody && !inPath.has(name));
  const success =
    typeof answer === 'string'
      ? { [answer]: { schema: { type: 'string' } } }
      : { 'application/json': { schema: schemaOf(answer, 'output') } };
  return {
    summary,
    security: SECURITY[who],
    parameters,
    ...(rest.length > 0
      ? { requestBody: { content: { 'application/json': { schema: bodyOf(rest, required) } } } }
      : {}),
    responses: {
      [status ?? 200]: { description: 'done', content: success },
      default: {
        description: 'not done',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function bodyOf(properties: [string, JsonSchema][], required: string[] = []): JsonSchema {
  const [only] = properties;
  if (properties.length === 1 && only?.[0] === 'body') return only[1]; // a body that is no object
  const names = properties.map(([name]) => name).filter((name) => required.includes(name));
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
    ...(names.length > 0 ? { required: names } : {}),
  };
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, target: 'draft-2020-12' });
  return schema;
}
