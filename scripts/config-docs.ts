import { readFileSync, writeFileSync } from 'node:fs';
import { printSample, printTable } from '@/lib/config/sample';

// `npm run config-docs`: writes what the settings' schema says to where people read it. A test keeps them the same.

const README = 'README.md';
writeFileSync('docs/config.sample.yaml', printSample());
const text = readFileSync(README, 'utf8').replace(/^\| variable \|.*\n(?:\|.*\n)*/m, printTable());
writeFileSync(README, text);
