import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = [
  ...['app', 'components', 'lib', 'public', 'scripts', 'instrumentation.ts', 'proxy.ts'],
  ...['next.config.mjs', 'postcss.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json', '.npmrc'],
];

/**
 * Builds the project for a base path, in a copy of its own: the build has the path in every file, and the one at the root
 * is still being served. Takes as long as a build.
 */
export function buildForSubPath(folder: string, basePath: string): void {
  for (const name of SOURCES) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  // Links in place of copies, where both are on one disk. A symbolic link would lead out of the project's root.
  const modules = [join(ROOT, 'node_modules'), join(folder, 'node_modules')];
  if (run('cp', ['-al', ...modules], ROOT).status !== 0) run('cp', ['-a', ...modules], ROOT);
  const build = run(process.execPath, ['scripts/run.mjs', 'build'], folder, { BASE_PATH: basePath });
  if (build.status !== 0) throw new Error(`The build for ${basePath} failed:\n${build.stdout}${build.stderr}`);
}

const run = (command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}) =>
  spawnSync(command, args, { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
