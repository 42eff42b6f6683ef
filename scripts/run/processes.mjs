import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { inRoot, root } from './project.mjs';

/** Runs a command to its end and gives back its exit code; its output goes where ours goes. */
export function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: root, env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a command to its end and gives back its exit code and standard output; standard error goes where ours goes. */
export function runQuietly(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: root,
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** npm, run by the machine's own Node: the pinned one is about to be replaced when npm installs. */
export function npm(args) {
  const own = inRoot('node_modules/.bin');
  const PATH = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== own)
    .join(delimiter);
  return run('npm', args, { PATH });
}

/**
 * Starts a process that lives as long as this one: it gets our signals, and this process ends with its exit code. npm does
 * not pass SIGTERM on, so when npm is gone that counts as one.
 */
export function handOver(command, args, env = {}, others = []) {
  const child = spawn(command, args, { stdio: 'inherit', cwd: root, env: { ...process.env, ...env } });
  const all = [child, ...others];
  let ending = false;
  const stop = (signal) => {
    if (ending) return;
    ending = true;
    for (const one of all) one.kill(signal);
    setTimeout(() => all.map((one) => one.kill('SIGKILL')), 8_000).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && stop('SIGTERM'), 500).unref();
  for (const other of others) other.once('exit', () => stop('SIGTERM'));
  child.once('exit', (code, signal) => {
    for (const other of others) other.kill('SIGTERM');
    process.exit(code ?? (signal === 'SIGINT' ? 130 : 143));
  });
}
