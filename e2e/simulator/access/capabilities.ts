import type { Cluster } from '../world/model.ts';
import { listedPaths, privilegesOn } from './permissions.ts';

const AREAS: Record<string, RegExp> = {
  vms: /^VM\.|^Permissions\.Modify$/,
  storage: /^Datastore\.|^Permissions\.Modify$/,
  access: /^(User|Group)\.|^Permissions\.Modify$/,
  nodes: /^Sys\.|^Permissions\.Modify$/,
  dc: /^Sys\.(Audit|Modify)$|^SDN\./,
  sdn: /^SDN\.|^Permissions\.Modify$/,
  mapping: /^Mapping\.|^Permissions\.Modify$/,
};

/** `cap` of the sign-in answer: the coarse "somewhere" by area, for menus (2.10). */
export function capabilities(cluster: Cluster, who: string): Record<string, Record<string, 1>> {
  const areas = Object.keys(AREAS).filter((area) => cluster.version.major >= 8 || area !== 'mapping');
  const cap: Record<string, Record<string, 1>> = Object.fromEntries(areas.map((area) => [area, {}]));
  for (const path of [...listedPaths(cluster), '/mapping']) {
    const area = path === '/' ? 'dc' : path.split('/')[1];
    const target = area === undefined ? undefined : cap[area];
    const pattern = area === undefined ? undefined : AREAS[area];
    if (!target || !pattern) continue;
    for (const privilege of privilegesOn(cluster, who, path).keys()) if (pattern.test(privilege)) target[privilege] = 1;
  }
  return cap;
}
