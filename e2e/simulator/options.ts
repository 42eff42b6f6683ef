import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SCENARIOS, type ScenarioName } from './scenario/scenarios.ts';
import { KNOWN_VERSIONS } from './world/version.ts';

export type Options = {
  port: number;
  controlPort: number | undefined;
  seed: number;
  scenario: ScenarioName;
  /** Nodes of the production cluster. */
  nodes: number | undefined;
  clusters: readonly string[] | undefined;
  /** Tasks per minute and cluster; undefined: what the scenario says. */
  rate: number | undefined;
  speed: number;
  pve: string;
  pveOf: ReadonlyMap<string, string>;
  stateDir: string;
  /** The seeded day stays that of the first start in this state-dir, for a day. */
  keepDay: boolean;
  refusalMs: number;
  frozenMs: number;
  unreachableMs: number;
  cleanupMinutes: number;
  loose: boolean;
};

export const HELP = `A Proxmox VE API to develop and test against: clusters, guests, users and tasks, all made up from a seed.

  npm run simulator -- [options]

  --port N            port of the first node; the others follow (default 4300, 0 = any free ports)
  --control-port N    plain HTTP on loopback for tests: node failures, tasks on demand, counts (default: none)
  --scenario NAME     ${Object.keys(SCENARIOS).join(' | ')} (default busy-day)
  --seed N            the same seed gives the same day (default 7)
  --clusters A,B      only these clusters of the scenario
  --nodes N           nodes of the largest cluster
  --rate N            new tasks per minute and cluster (default: the scenario's; 0 = none)
  --speed N           tasks run N times as fast as in life (default 1)
  --pve VERSION       ${KNOWN_VERSIONS.join(' | ')} (default 9)
  --pve-of ID=VERSION the version of one cluster; may be repeated
  --state-dir DIR     keeps the certificates, so that fingerprints stay (default: below the temporary folder)
  --keep-day          a restart within a day shows the same day of tasks again, up to the first start
  --fast-401          a refusal takes 50 ms in place of 3 s
  --frozen-ms N       how long a node waits for one that does not answer (default 30000)
  --unreachable-ms N  how long a node looks for one that is gone (default 1000)
  --cleanup-minutes N deletes logs older than the index that often (default 60, 0 = never)
  --loose             numbers become texts at random places of every answer
  --help

It prints one line of JSON when it listens: clusters with addresses, fingerprints and the collector's token, users with
their passwords, and the control address. In e2e/simulator/README.md stands what the control port takes.
`;

/** Throws with a sentence for the person who typed it. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '4300' },
      'control-port': { type: 'string' },
      scenario: { type: 'string', default: 'busy-day' },
      seed: { type: 'string', default: '7' },
      clusters: { type: 'string' },
      nodes: { type: 'string' },
      rate: { type: 'string' },
      speed: { type: 'string', default: '1' },
      pve: { type: 'string', default: '9' },
      'pve-of': { type: 'string', multiple: true, default: [] },
      'state-dir': { type: 'string', default: join(tmpdir(), 'taskscope-simulator') },
      'keep-day': { type: 'boolean', default: false },
      'fast-401': { type: 'boolean', default: false },
      'frozen-ms': { type: 'string', default: '30000' },
      'unreachable-ms': { type: 'string', default: '1000' },
      'cleanup-minutes': { type: 'string', default: '60' },
      loose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const { scenario } = values;
  if (!isScenario(scenario))
    throw new Error(`--scenario ${scenario}: expected one of ${Object.keys(SCENARIOS).join(', ')}`);
  const maybe = (name: 'control-port' | 'nodes' | 'rate'): number | undefined => {
    const text = values[name];
    return text === undefined ? undefined : number(name, text);
  };
  return {
    port: number('port', values.port),
    controlPort: maybe('control-port'),
    seed: number('seed', values.seed),
    scenario,
    nodes: maybe('nodes'),
    clusters: values.clusters?.split(','),
    rate: maybe('rate'),
    speed: number('speed', values.speed),
    pve: values.pve,
    pveOf: new Map(values['pve-of'].map(clusterAndVersion)),
    stateDir: values['state-dir'],
    keepDay: values['keep-day'],
    refusalMs: values['fast-401'] ? 50 : 3000,
    frozenMs: number('frozen-ms', values['frozen-ms']),
    unreachableMs: number('unreachable-ms', values['unreachable-ms']),
    cleanupMinutes: number('cleanup-minutes', values['cleanup-minutes']),
    loose: values.loose,
  };
}

function clusterAndVersion(pair: string): [string, string] {
  const [cluster = '', version] = pair.split('=');
  if (version === undefined) throw new Error(`--pve-of ${pair}: expected cluster=version, as in lab=8`);
  return [cluster, version];
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0) throw new Error(`--${name} ${text}: expected a number`);
  return value;
}

const isScenario = (name: string): name is ScenarioName => name in SCENARIOS;
