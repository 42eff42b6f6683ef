import { z } from 'zod';

/** What the sign-in page offers for a cluster; last known realms when it is away. */
export const SignInCluster = z.object({
  id: z.string(),
  name: z.string(),
  away: z.boolean(),
  realms: z.array(
    z.object({
      realm: z.string(),
      comment: z.string().nullable(),
      is_default: z.boolean(),
      /** Why it cannot be used here, as for OpenID; null when it can. */
      unusable: z.string().nullable(),
    }),
  ),
});
export type SignInCluster = z.infer<typeof SignInCluster>;

/** `GET /api/session`: who I am, and where. */
export const SessionAnswer = z.object({
  clusters: z.array(
    z.object({ id: z.string(), name: z.string(), signed_in: z.boolean(), user: z.string().nullable() }),
  ),
  expires_at: z.string(),
});
export type SessionAnswer = z.infer<typeof SessionAnswer>;

/** The kinds of second factor that can be used here; WebAuthn only works at Proxmox's own address. */
export const TFA_KINDS = ['totp', 'recovery', 'yubico'] as const;
export type TfaKind = (typeof TFA_KINDS)[number];

export const SignInForm = z.strictObject({
  cluster: z.string(),
  realm: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  tfa_id: z.string().optional(),
  tfa_kind: z.enum(TFA_KINDS).optional(),
  tfa_code: z.string().optional(),
});
export type SignInForm = z.infer<typeof SignInForm>;
