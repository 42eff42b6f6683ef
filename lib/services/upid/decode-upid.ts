import type { UpidAnswer } from '@/lib/contract/upid';
import { AppError } from '@/lib/domain/errors';
import { vmidOf } from '@/lib/domain/guest';
import { describeTask, familyOf } from '@/lib/domain/task-type';
import { isoTime } from '@/lib/domain/time';
import { isBackupServerUpid, parseUpid, realmOf } from '@/lib/domain/upid';

/** What a UPID says by itself, for anyone and without asking a cluster. Throws `bad_request` for any other text. */
export function decodeUpid(text: string): UpidAnswer {
  const upid = parseUpid(text);
  if (!upid) {
    throw new AppError(
      'bad_request',
      isBackupServerUpid(text)
        ? 'This is a UPID of a Proxmox Backup Server, which has a field more than those of Proxmox VE.'
        : 'This is not a valid UPID.',
    );
  }
  const { node, pid, pstart, startTime, type, id, user, token, comment } = upid;
  return {
    ...{ upid: upid.text, node, pid, pstart, starttime: startTime, type, id, user },
    ...(token === undefined ? {} : { tokenid: token }),
    comment,
    started_at: isoTime(startTime),
    action: describeTask(type, id),
    family: familyOf(type),
    realm: realmOf(user),
    vmid: vmidOf(type, id),
  };
}
