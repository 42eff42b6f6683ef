import type { ReadLine } from './progress';

const FILE = /^restore vma archive: /;
const VOLUME = /^new volume ID is '(?<volume>[^']+)'/;
const IMAGE = /^restore proxmox backup image: /;
const IMAGE_DONE = /^restore image complete /;
const PERCENT = /^progress (?<percent>\d{1,3})% \(read \d+ bytes(?<image>, zeroes)?/;

/**
 * From a file there is one series of percentages; from a backup server one per disk, so they count only when the disks
 * are known.
 */
export function readRestore(): ReadLine {
  const volumes = new Set<string>();
  const images = new Set<number>();
  let fromFile = false;
  return (text, n) => {
    fromFile ||= FILE.test(text);
    const volume = VOLUME.exec(text)?.groups?.volume;
    if (volume) volumes.add(volume);
    if (IMAGE.test(text)) images.add(n); // by its number: a half-written line comes again
    const found = PERCENT.exec(text)?.groups;
    const percent = IMAGE_DONE.test(text) ? 100 : Number(found?.percent ?? Number.NaN);
    if (!(percent <= 100)) return undefined;
    if (fromFile || (found && found.image === undefined)) return percent / 100;
    return images.size > 0 && volumes.size >= images.size
      ? (images.size - 1 + percent / 100) / volumes.size
      : undefined;
  };
}
