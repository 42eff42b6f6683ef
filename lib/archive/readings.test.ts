import { describe, expect, test } from 'vitest';
import { anArchive, ENGINES, NOW } from './an-archive.test-support';

describe.each(ENGINES)('on %s', (engine) => {
  test('the last reading of each node is kept, and ends that were saved in another way are no part of it', async () => {
    await using archive = await anArchive(engine);
    expect(await archive.lastReading('lab', 'pve1')).toBeUndefined();
    await archive.saveReading('lab', 'pve1', { at: NOW, newest: ['UPID:a', 'UPID:b'] });
    await archive.saveReading('lab', 'pve2', { at: NOW, newest: [] });
    await archive.saveReading('lab', 'pve1', { at: NOW, newest: ['UPID:c'] });
    expect(await archive.lastReading('lab', 'pve1')).toEqual({ at: NOW, newest: ['UPID:c'] });
    expect(await archive.lastReading('lab', 'pve2')).toEqual({ at: NOW, newest: [] });
    expect(await archive.lastReading('office', 'pve1')).toBeUndefined();
  });
});
