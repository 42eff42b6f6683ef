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
  expires_at: z.string().nullable().describe('null for an API token, which has no session'),
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

/** `POST /api/session/clusters`: signed in there too, or a second factor is asked for; then the next try sends `tfa_…`. */
export const AlsoSignedIn = z.union([
  z.object({ state: z.literal('signed_in'), session: SessionAnswer }),
  z.object({
    state: z.literal('second_factor'),
    tfa_id: z.string(),
    tfa_kinds: z
      .array(z.string())
      .describe('those the user has, also ones that work only at the address of Proxmox itself'),
  }),
]);
export type AlsoSignedIn = z.infer<typeof AlsoSignedIn>;

export const SessionCluster = z.strictObject({ cluster: z.string() });
