import { TASK_TYPES } from './task-types';

/**
 * The parts of a label's sentence. `around` is what stands before and after the id; null when the sentence never shows
 * one. `bare` is the sentence of a task without an id.
 */
export type DescriptionParts = { around: { prefix: string; suffix: string } | null; bare: string };

/** The parts of a sentence, so that SQL can build it like `describeTask` does (search-language appendix B). */
export function descriptionParts(label: string): DescriptionParts {
  const known = Object.hasOwn(TASK_TYPES, label) ? TASK_TYPES[label] : undefined;
  if (!known) return { around: { prefix: `${label} `, suffix: '' }, bare: label };
  const [subject, action] = known;
  const bare = label === 'vzdump' ? 'Backup Job' : action;
  return { around: subject === '' ? null : { prefix: `${subject} `, suffix: ` - ${action}` }, bare };
}

/** The human sentence for a worker type and its id, as Proxmox's web client builds it: `VM 100 - Start`. */
export function describeTask(label: string, id: string): string {
  const { around, bare } = descriptionParts(label);
  return around && id !== '' ? around.prefix + id + around.suffix : bare;
}

const words = (text: string): string[] => text.split(' ');

// Search-language appendix B. A trailing star is "every label that begins so"; whole labels win over beginnings.
const FAMILY_LABELS = {
  power: words(
    'qmstart qmstop qmshutdown qmreboot qmreset qmsuspend qmresume qmpause ' +
      'vzstart vzstop vzshutdown vzreboot vzsuspend vzresume',
  ),
  lifecycle: words('qmcreate qmclone qmdestroy qmtemplate vzcreate vzclone vzdestroy vztemplate'),
  config: words('qmconfig pull_file push_file vzmount vzumount'),
  snapshot: words('qmsnapshot qmdelsnapshot qmrollback vzsnapshot vzdelsnapshot vzrollback'),
  backup: words('vzdump qmrestore vzrestore pbs-download prunebackups'),
  migrate: words('qmigrate vzmigrate qmtunnel vzmtunnel'),
  bulk: words('startall stopall suspendall migrateall bulk*'),
  ha: words('hastart hastop hashutdown hamigrate'),
  console: words('vncproxy vncshell spiceproxy spiceshell termproxy'),
  storage: words(
    'download upload ociregistrypull imgcopy imgdel unknownimgdel qmmove move_volume resize diskinit wipedisk ' +
      'dir* lvm* zfs*',
  ),
  ceph: words('ceph*'),
  service: words('srvstart srvstop srvrestart srvreload'),
  update: words('aptupdate aptupgrade'),
  network: words('reloadnetworkall'),
  certificate: words('acme*'),
  access: words('auth-realm-sync auth-realm-sync-test'),
  cluster: words('clustercreate clusterjoin'),
  other: [],
} as const satisfies Record<string, readonly string[]>;

/** A group of labels, search-language appendix B. */
export type Family = keyof typeof FAMILY_LABELS;
export const FAMILIES = Object.keys(FAMILY_LABELS) as readonly Family[]; // Object.keys loses the literal types

const byLabel = new Map<string, Family>();
const byBeginning: [beginning: string, family: Family][] = [];
for (const family of FAMILIES) {
  for (const label of FAMILY_LABELS[family]) {
    if (label.endsWith('*')) byBeginning.push([label.slice(0, -1), family]);
    else byLabel.set(label, family);
  }
}

/** The family of a worker type; `other` for one that no family names. */
export const familyOf = (label: string): Family =>
  byLabel.get(label) ?? byBeginning.find(([beginning]) => label.startsWith(beginning))?.[1] ?? 'other';
