import { z } from 'zod';
import { type Place, unreadable } from './errors';
import { lenientNumber } from './lenient';
import type { Answer } from './transport';

/** What stands around every answer; `total` is missing when it is 0 (api-contract 1.2). */
const Envelope = z.looseObject({ data: z.unknown(), total: lenientNumber.optional() });

/** Takes the data out of an answer's text. Throws `rejected` when it is not what the schema says. */
export function opened<T>(place: Place, text: string, schema: z.ZodType<T>): Answer<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw unreadable(place, 'it is not JSON, so the address may not be that of a Proxmox API', cause);
  }
  const envelope = Envelope.safeParse(json);
  const data = schema.safeParse(envelope.data?.data);
  const issue = envelope.error?.issues[0] ?? data.error?.issues[0];
  if (!envelope.success || !data.success) {
    // Only the place and the expectation: the value could be a secret.
    throw unreadable(place, issue ? `${issue.message} at "${issue.path.join('.')}"` : 'unknown form');
  }
  return { data: data.data, total: envelope.data.total ?? 0 };
}
