import { type CompiledQuery, createQueryId, type OperationNodeSource, type QueryCompiler } from 'kysely';

/** A query in the SQL of one engine. */
export const compile = (query: OperationNodeSource, compiler: QueryCompiler): CompiledQuery =>
  // Every query that runs is a root node; the type of a raw one does not say so.
  compiler.compileQuery(query.toOperationNode() as Parameters<QueryCompiler['compileQuery']>[0], createQueryId());
