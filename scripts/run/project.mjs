import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// These modules run under whatever Node the machine has (18 or newer), before anything is installed: Node's own modules only.

/** The project's folder, without a slash behind it. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export const inRoot = (...parts) => join(root, ...parts);

/** Ends the run with one sentence for the person in front of it. */
export function die(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

/** The Node that runs the product: the pinned one, or a present one that is new enough. */
export function pinnedNode() {
  const pinned = inRoot('node_modules/.bin/node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return die(
    'Node 24 or newer is needed: none is pinned for this machine (Linux on x64 and arm64 has one), and the present one is older.',
  );
}

/** A hash over the content of files and folders, each with its path; what is not there counts as that. */
export function hashOf(paths, more = '', skip = () => false) {
  const hash = createHash('sha256').update(more);
  for (const path of paths) {
    for (const file of filesIn(path, skip)) hash.update(`\0${file}\0`).update(readFileSync(inRoot(file)));
  }
  return hash.digest('hex');
}

function filesIn(path, skip) {
  if (skip(path) || !existsSync(inRoot(path))) return [];
  if (!statSync(inRoot(path)).isDirectory()) return [path];
  return readdirSync(inRoot(path))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`, skip));
}

/** The text of a file, or undefined when there is none. */
export const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
