/** What a release answers differently; each line is one of the differences that api-contract.md names. */
export type Version = {
  /** pve-manager's own number. */
  version: string;
  release: string;
  repoid: string;
  major: number;
  /** pve-http-server 5.2.0 put the error text into the body; before it is in the status line only (1.2). */
  messageInBody: boolean;
  /** pve-http-server 5.2.1 raised 64 KiB to 512 KiB (1.4). */
  maxBodyBytes: number;
  /** Up to pve-common 9.0.5 an unreadable log is one bare object instead of a list (4.6). */
  missingLogIsObject: boolean;
  /** pve-manager 9.0.14 (6.8). */
  clusterBulk: boolean;
  /** One text for every refused ticket or token; before, the cause was told (2.8). */
  oneAuthText: boolean;
  /** 7.x speaks the second-factor protocol of today only when asked with new-format=1 (2.1). */
  newFormatOnRequest: boolean;
  /** A user may ask for the permissions of their own tokens since 8.2.0 (2.10). */
  ownTokenPermissions: boolean;
  /** Second factors are locked after too many failures since 8 (2.4). */
  secondFactorLocks: boolean;
};

const NEW = {
  messageInBody: true,
  maxBodyBytes: 512 * 1024,
  missingLogIsObject: false,
  clusterBulk: true,
  oneAuthText: true,
  newFormatOnRequest: false,
  ownTokenPermissions: true,
  secondFactorLocks: true,
};

const OLD = {
  ...NEW,
  messageInBody: false,
  maxBodyBytes: 64 * 1024,
  missingLogIsObject: true,
  clusterBulk: false,
  oneAuthText: false,
};

const VERSIONS: Record<string, Version> = {
  '9': { ...NEW, version: '9.2.11', release: '9.2', repoid: '14a22df35955d97d', major: 9 },
  '9.0': {
    ...NEW,
    version: '9.0.3',
    release: '9.0',
    repoid: '025864202ebb6109',
    major: 9,
    missingLogIsObject: true,
    clusterBulk: false,
    oneAuthText: false,
  },
  '8.4': {
    ...NEW,
    version: '8.4.14',
    release: '8.4',
    repoid: 'b502d23c55afcba1',
    major: 8,
    missingLogIsObject: true,
    clusterBulk: false,
    oneAuthText: false,
  },
  '8': { ...OLD, version: '8.1.4', release: '8.1', repoid: 'ec5affc9e41f1d79', major: 8, ownTokenPermissions: false },
  '7': {
    ...OLD,
    version: '7.4-20',
    release: '7.4',
    repoid: '5a71c6ad',
    major: 7,
    newFormatOnRequest: true,
    ownTokenPermissions: false,
    secondFactorLocks: false,
  },
};

export const KNOWN_VERSIONS = Object.keys(VERSIONS).sort();

/** Throws for a version nobody wrote down. */
export function versionOf(name: string): Version {
  const version = VERSIONS[name];
  if (!version) throw new Error(`no such version: ${name}; known are ${KNOWN_VERSIONS.join(', ')}`);
  return version;
}
