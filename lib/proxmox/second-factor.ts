import { z } from 'zod';
import { AppError } from '@/lib/domain/errors';

const KINDS = ['totp', 'recovery', 'yubico', 'webauthn', 'u2f'] as const;

// Keys are present only when available; `recovery` lists the unused keys and may have come to its end (api-contract 2.4).
const Challenge = z.looseObject({ recovery: z.array(z.unknown()).optional() });

/**
 * The second factors a user can answer with, read from the half ticket of the first step: `PVE:!tfa!<JSON>:time::signature`,
 * its JSON with percent-encoded colons. Kinds we do not know are left out. Throws `not_supported` for one without a challenge,
 * the old protocol that was removed in 8.
 */
export function secondFactorKinds(halfTicket: string): string[] {
  const field = halfTicket.split(':')[1] ?? '';
  const challenge = Challenge.safeParse(jsonOf(field));
  if (!field.startsWith('!tfa!') || !challenge.success) {
    throw new AppError(
      'not_supported',
      'This version of Proxmox VE asks for the second factor in a way that is not known.',
    );
  }
  const present = challenge.data;
  return KINDS.filter((kind) => (kind === 'recovery' ? (present.recovery?.length ?? 0) > 0 : Boolean(present[kind])));
}

function jsonOf(field: string): unknown {
  const decoded = field
    .replace(/^!tfa!/, '')
    .replaceAll(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return JSON.parse(decoded);
  } catch {
    return undefined;
  }
}
