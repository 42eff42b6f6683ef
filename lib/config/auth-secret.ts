import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error';
import { Secret } from './secret';

/**
 * The secret of this installation: read from the data folder, or made there on the first start, readable by the owner
 * alone. It appears whole or not at all, whenever the process is killed and however many start at once.
 */
export function ownSecret(dataDir: string): Secret {
  const path = join(dataDir, 'auth-secret');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const kept = readKept(path);
    if (kept !== undefined) return kept;
    const draft = `${path}.${process.pid}`;
    const file = openSync(draft, 'w', 0o600);
    writeSync(file, randomBytes(32).toString('base64url'));
    fsyncSync(file);
    closeSync(file);
    try {
      linkSync(draft, path); // refuses to replace one that another start has made meanwhile
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    return readKept(path) ?? never(path);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(
      `DATA_DIR is ${JSON.stringify(dataDir)}, expected a folder that can be written to (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}

function readKept(path: string): Secret | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return text.length >= 32 ? new Secret(text) : never(path);
}

function never(path: string): never {
  throw new ConfigError(
    `${path} holds no usable secret, expected the 43 characters this product wrote there; restore it from a backup, or remove it to sign everyone out.`,
  );
}
