import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { printSample, printTable } from './sample';
import { Settings } from './schema';

const project = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('docs/config.sample.yaml is what the schema prints (npm run config-docs writes it)', () => {
  expect(project('docs/config.sample.yaml')).toBe(printSample());
});

test('the table in the README is what the schema prints (npm run config-docs writes it)', () => {
  expect(project('README.md')).toContain(printTable());
});

test('every line of the sample can be used as it stands', () => {
  const all = parse(printSample().replace(/^( *)#(?=\S)/gm, '$1'));
  // The launcher reads secrets from their files before anything is checked.
  const [cluster] = all.clusters;
  cluster.token = 'a@pve!name=secret';
  delete cluster.token_file;
  for (const key of ['auth_secret', 'metrics_token', 'database_url']) {
    expect(all).toHaveProperty(`${key}_file`);
    delete all[`${key}_file`];
  }
  expect(Settings.safeParse(all).error?.issues).toBeUndefined();
  expect(Object.keys(all).sort()).toEqual(
    Object.keys(Settings.shape)
      .filter((key) => !/^(config_file|base_path|auth_secret|metrics_token|database_url)$/.test(key))
      .sort(),
  );
});
