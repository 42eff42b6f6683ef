import { writeFileSync } from 'node:fs';
import { npm } from './processes.mjs';
import { die, hashOf, inRoot, readIfThere } from './project.mjs';

const STAMP = inRoot('node_modules/.taskscope-lock');

/** Installs what the lock names, when the lock is another one than at the last install. */
export async function install() {
  const lock = hashOf(['package-lock.json']);
  if (readIfThere(STAMP) === lock) return;
  process.stderr.write('Installing the packages of package-lock.json …\n');
  const code = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) die('npm ci failed; its message is above.');
  writeFileSync(STAMP, lock);
}
