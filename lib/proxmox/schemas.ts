import { z } from 'zod';
import { repairDoubleUtf8 } from '@/lib/domain/encoding';
import { type Guest, splitTags } from '@/lib/domain/guest';
import type { LogLine } from '@/lib/domain/log/line';
import type { SeenTask } from '@/lib/domain/task';
import { epochSeconds } from '@/lib/domain/time';
import { parseUpid } from '@/lib/domain/upid';
import type { Permissions } from '@/lib/domain/visibility';
import { lenientFlag, lenientNumber, lenientText } from './lenient';

// Proxmox's names end in this file. Only what is used is named: fields and task types come and go with versions and plug-ins.

/**
 * A row of a task list. What it says of node, user and id stands in the UPID too, where a running task's token is not left
 * unsplit (api-contract 4.3) and `saved` comes in four forms that nobody needs; so only the end is read from the row.
 */
const TaskRow = z.looseObject({ upid: z.string(), endtime: lenientNumber.nullish().catch(null), status: lenientText });

/** Tasks of a list. Rows whose UPID is of another product or form are left out: no call could name them. */
export const TaskRows = z.array(TaskRow).transform((rows) => rows.flatMap((row) => toTask(row) ?? []));

// Running is what has no end time: its status is "RUNNING" in one list and missing in the other (api-contract, trap 16).
function toTask({ upid, endtime, status }: z.infer<typeof TaskRow>): SeenTask | undefined {
  const parsed = parseUpid(upid);
  if (!parsed) return undefined;
  if (!endtime) return { upid: parsed };
  return { upid: parsed, end: { time: epochSeconds(endtime), status: repairDoubleUtf8(status ?? '') } };
}

/** `running`, or `stopped` with the text the worker ended with; there is no end time here (api-contract 4.5). */
export const TaskStatus = z
  .looseObject({ status: z.string(), exitstatus: lenientText })
  .transform(({ status, exitstatus }) =>
    status === 'running'
      ? { running: true as const }
      : { running: false as const, exitStatus: repairDoubleUtf8(exitstatus ?? '') },
  );

const LogRow = z
  .looseObject({ n: lenientNumber, t: lenientText })
  .transform(({ n, t }): LogLine => ({ n, t: repairDoubleUtf8(t ?? '') }));

/** Lines of a log; up to pve-common 9.0.5 the error of a missing one is an object instead of an array (api-contract 4.6). */
export const LogRows = z.union([z.array(LogRow), LogRow.transform((line) => [line])]);

/** The answer to a sign-in; a half ticket when a second factor is asked for. */
export const TicketAnswer = z.looseObject({
  username: z.string(),
  ticket: z.string(),
  CSRFPreventionToken: lenientText,
  NeedTFA: lenientFlag,
});

export const Realms = z.array(
  z
    .looseObject({ realm: z.string(), type: z.string(), comment: lenientText, default: lenientFlag })
    .transform(({ realm, type, comment, default: isDefault }) => ({ realm, type, comment, isDefault })),
);

/** Presence of a privilege is the yes, its value only the propagate flag (api-contract 2.10), which also comes as text. */
export const PermissionMap: z.ZodType<Permissions> = z.record(
  z.string(),
  z.record(
    z.string(),
    lenientFlag.transform((propagates) => (propagates ? 1 : 0)),
  ),
);

export const AclPaths = z
  .array(z.looseObject({ path: z.string() }))
  .transform((rows) => [...new Set(rows.map((row) => row.path))]);

export const Version = z.looseObject({ version: z.string() }).transform(({ version }) => version);

export const Nodes = z.array(
  z
    .looseObject({ node: z.string(), status: lenientText })
    .transform(({ node, status }) => ({ node, online: status === 'online' })),
);

const Resource = z.looseObject({
  type: z.string(),
  vmid: lenientNumber.nullish().catch(null),
  node: lenientText,
  name: lenientText,
  tags: lenientText,
  pool: lenientText,
});

/** The guests among the rows of `cluster/resources`, by VMID; the caller sees those with VM.Audit (api-contract 9.1). */
export const Guests = z
  .array(Resource)
  .transform((rows) => new Map(rows.flatMap((row) => toGuest(row) ?? []).map((guest) => [guest.vmid, guest])));

function toGuest({
  type,
  vmid,
  node,
  name,
  tags,
  pool,
}: z.infer<typeof Resource>): (Guest & { node: string }) | undefined {
  if ((type !== 'qemu' && type !== 'lxc') || !vmid || node === null) return undefined;
  return { vmid, type, name, tags: splitTags(tags ?? ''), pool, node };
}
