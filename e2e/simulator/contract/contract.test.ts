import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recording, recordingNames } from '@/lib/proxmox/recording.test-support';
import { shapeDifferences, sorted, steady } from './compare.ts';
import { Lab, type RecordedRequest } from './lab.ts';
import { BY_SHAPE, EXCEPTIONS, MOMENTS, UNORDERED } from './moments.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
}, 40_000);

afterAll(() => lab.simulator.stop());

const names = recordingNames().filter((name) => !(name in EXCEPTIONS));
const momentOf = (name: string): number => MOMENTS.findIndex(({ of }) => of.test(name));

test('every recording is asked in some moment, or is an exception with its reason', () => {
  expect(names.filter((name) => momentOf(name) < 0)).toEqual([]);
});

const TELLING = [
  'Connection',
  'Content-Type',
  'Content-Encoding',
  'Content-Disposition',
  'Server',
  'Pragma',
  'Cache-Control',
];

const telling = (headers: readonly (readonly [string, string])[]): string[] =>
  headers.filter(([name]) => TELLING.includes(name)).map(([name, value]) => `${name}: ${value}`);

describe.each(MOMENTS.map((moment, at) => ({ ...moment, at })))('$title', ({ at, prepare }) => {
  beforeAll(() => prepare?.(lab), 20_000);

  test.each(names.filter((name) => momentOf(name) === at))(
    '%s is answered as recorded',
    async (name) => {
      const { as, request, response } = recording(name);
      // The recordings keep headers and body of the request as well; the parser's tests do not read them.
      const heard = await lab.repeat(name, as, request as RecordedRequest);
      expect(`${heard.status} ${heard.reason}`).toBe(`${response.status} ${response.statusText}`);
      expect(telling(heard.headers)).toEqual(telling(response.headers));
      compareBodies(name, heard.bytes);
    },
    15_000,
  );
});

function compareBodies(name: string, bytes: Buffer): void {
  const { response } = recording(name);
  if (response.bodyBase64 !== undefined) {
    expect(bytes.toString('base64')).toBe(response.bodyBase64);
  } else if (response.body === undefined) {
    const recorded = response.bodyText ?? '';
    // Long texts were cut when they were recorded.
    expect(bytes.toString('utf8').slice(0, response.bodyNote ? recorded.length : undefined)).toBe(recorded);
  } else {
    const simulated: unknown = JSON.parse(bytes.toString('utf8'));
    if (BY_SHAPE.test(name)) expect(shapeDifferences(response.body, simulated)).toEqual([]);
    else if (UNORDERED.test(name)) expect(sorted(steady(simulated))).toEqual(sorted(steady(response.body)));
    else expect(steady(simulated)).toEqual(steady(response.body));
  }
}
