import type { Cluster, SimNode } from '../world/model.ts';
import type { Simulation } from '../world/simulation.ts';
import type { Result } from './answer.ts';
import type { Params, Rules } from './params.ts';

export type Call = {
  simulation: Simulation;
  cluster: Cluster;
  /** The node that took the request. */
  entry: SimNode;
  /** The node named in the path, else the entry node. */
  node: SimNode;
  /** User id or full token id; empty on the few calls that need no sign-in. */
  who: string;
  /** An API token came with the request, whatever the call makes of it. */
  byToken: boolean;
  /** The literal parts of the path, decoded. */
  path: Record<string, string>;
  params: Params;
};

export type ApiRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{name}` stands for one segment. `{node}` also says whose call it is. */
  path: string;
  /** Runs in the root daemon: two Connection headers, 595 while pvedaemon is stopped. */
  protected?: true;
  /** Needs no ticket. */
  open?: true;
  /** Releases that have the call; others answer 501. */
  since?: (cluster: Cluster) => boolean;
  params?: Rules;
  /** Checked at the door, before parameters are looked at: path template and privilege. */
  needs?: readonly [string, string];
  run(call: Call): Result | Promise<Result>;
};

export type Match = { route: ApiRoute; path: Record<string, string> };

type Compiled = { route: ApiRoute; segments: string[] };

/** Finds the call for a method and a decoded path below /api2/json. */
export class Router {
  readonly #routes = new Map<string, Compiled[]>();

  constructor(routes: readonly ApiRoute[]) {
    for (const route of routes) {
      const segments = split(route.path);
      const key = `${route.method} ${segments.length}`;
      this.#routes.set(key, [...(this.#routes.get(key) ?? []), { route, segments }]);
    }
  }

  find(method: string, path: string, cluster: Cluster): Match | undefined {
    const given = split(path);
    for (const { route, segments } of this.#routes.get(`${method} ${given.length}`) ?? []) {
      const values = match(segments, given);
      if (values && (route.since?.(cluster) ?? true)) return { route, path: values };
    }
    return undefined;
  }
}

const split = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

function match(segments: string[], given: string[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    const value = given[at] ?? '';
    if (segment.startsWith('{')) values[segment.slice(1, -1)] = value;
    else if (segment !== value) return undefined;
  }
  return values;
}
