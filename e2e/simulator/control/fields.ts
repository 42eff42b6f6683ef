import type { Engine } from '../world/engine.ts';
import type { Cluster, SimNode } from '../world/model.ts';

export type Fields = ReadonlyMap<string, unknown>;

/** Reads the members of a request; each throws with what is missing or of the wrong kind. */
export function text(fields: Fields, name: string): string {
  const value = fields.get(name);
  if (typeof value !== 'string') throw new Error(`${name}: expected a text`);
  return value;
}

export function maybeText(fields: Fields, name: string): string | undefined {
  return fields.has(name) ? text(fields, name) : undefined;
}

export function number(fields: Fields, name: string): number {
  const value = fields.get(name);
  if (typeof value !== 'number') throw new Error(`${name}: expected a number`);
  return value;
}

export const flag = (fields: Fields, name: string): boolean => fields.get(name) === true;

export function clusterNamed(engine: Engine, id: string): Cluster {
  const cluster = engine.clusters.find((other) => other.id === id);
  if (!cluster) throw new Error(`no such cluster: ${id}`);
  return cluster;
}

export function nodeNamed(cluster: Cluster, name: string): SimNode {
  const node = cluster.nodes.find((other) => other.name === name);
  if (!node) throw new Error(`no such node in ${cluster.id}: ${name}`);
  return node;
}

export function placeOf(engine: Engine, fields: Fields): { cluster: Cluster; node: SimNode } {
  const cluster = clusterNamed(engine, text(fields, 'cluster'));
  return { cluster, node: nodeNamed(cluster, text(fields, 'node')) };
}
