const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  pib: 2 ** 50,
};

/** Bytes of a size as logs write it, `1.5 GiB`; NaN for an unknown unit. */
export const bytesOf = (number: string | undefined, unit: string | undefined): number =>
  Number(number) * (UNITS[(unit ?? '').toLowerCase()] ?? Number.NaN);
