import { PAM, PVE, type Realm } from '../access/realms.ts';
import type { Grant, Person } from './accounts.ts';

export const REALMS: readonly Realm[] = [
  PAM,
  { ...PVE, default: 1 },
  { realm: 'corp-ldap', type: 'ldap', comment: 'Company directory' },
  { realm: 'sso', type: 'openid', comment: 'Single sign-on' },
];

/** The collector of every cluster: role PVEAuditor on `/`, for the user and for the privilege-separated token. */
const COLLECTOR = 'taskscope@pve!collector';
const COLLECTOR_SECRET = '5f0c7a52-1d7e-4a53-9a60-2d0e8f1b7c11';
export const COLLECTOR_TOKEN = `${COLLECTOR}=${COLLECTOR_SECRET}`;

/** The second factor of `totp@pve`, for an authenticator app. */
const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const RECOVERY = ['3f2a-91bc-77d0-e412', '8c1d-02aa-5e6f-b390', 'a7e5-44d1-c08b-19f6', '60b9-fe37-2a8c-d51e'];

/** The same people in every cluster of a scenario; `node` and `guests` are what the limited ones may see. */
export function people(): Person[] {
  return [
    {
      userid: 'root@pam',
      password: 'root-demo',
      can: 'everything',
      tokens: [{ name: 'automation', secret: 'b3a1f0de-2c44-4b7c-8d15-6a90f7e2c001' }],
    },
    {
      userid: 'admin@pve',
      password: 'admin-demo',
      can: 'everything (role Administrator on /)',
      groups: ['admins'],
      tokens: [
        { name: 'full', secret: '0d5a3c1e-77b2-4f0a-9f0c-111111111101', comment: 'without privilege separation' },
        { name: 'sep', secret: '0d5a3c1e-77b2-4f0a-9f0c-111111111102', privsep: true, comment: 'separated, no rights' },
        { name: 'terraform', secret: '0d5a3c1e-77b2-4f0a-9f0c-111111111103', privsep: true, comment: 'guests only' },
      ],
    },
    { userid: 'auditor@pve', password: 'auditor-demo', can: 'see the tasks of the first node only' },
    { userid: 'noc@corp-ldap', password: 'noc-demo', can: 'see everything, change nothing', groups: ['noc'] },
    {
      userid: 'operator@pve',
      password: 'operator-demo',
      can: 'start and stop some guests, see own tasks',
      tokens: [{ name: 'deploy', secret: '0d5a3c1e-77b2-4f0a-9f0c-222222222201' }],
    },
    { userid: 'anna@corp-ldap', password: 'anna-demo', can: 'use the guests of pool web', groups: ['web-team'] },
    { userid: 'norights@pve', password: 'norights-demo', can: 'nothing but sign in' },
    {
      userid: 'totp@pve',
      password: 'totp-demo',
      can: 'see everything, after a second factor',
      factors: { totp: TOTP_SECRET, recovery: RECOVERY },
    },
    {
      userid: 'yubico@pve',
      password: 'yubico-demo',
      can: 'see everything, after a YubiKey code (cccccccdemo1 and 32 more letters)',
      factors: { yubico: 'cccccccdemo1' },
    },
    {
      userid: 'passkey@pve',
      password: 'passkey-demo',
      can: 'nothing from here: only WebAuthn is enrolled',
      factors: { webauthn: true },
    },
    { userid: 'disabled@pve', password: 'disabled-demo', can: 'not sign in: disabled', enabled: false },
    { userid: 'expired@pve', password: 'expired-demo', can: 'not sign in: expired', expire: 1_000_000_000 },
    { userid: 'openid@sso', password: '', can: 'not sign in with a password' },
    {
      userid: 'taskscope@pve',
      password: '',
      can: 'own the collector token',
      tokens: [{ name: 'collector', secret: COLLECTOR_SECRET, privsep: true, comment: 'reads for Taskscope' }],
    },
  ];
}

/** Who may what in a cluster whose first node is `node`. */
export const grants = (node: string, guests: readonly number[]): Grant[] => [
  ['user', 'admin@pve', '/', 'Administrator'],
  ['token', 'admin@pve!terraform', '/vms', 'PVEVMAdmin'],
  ['user', 'auditor@pve', `/nodes/${node}`, 'NodeAudit'],
  ['group', 'noc', '/', 'PVEAuditor'],
  ['user', 'totp@pve', '/', 'PVEAuditor'],
  ['user', 'yubico@pve', '/', 'PVEAuditor'],
  ['group', 'web-team', '/pool/web', 'PVEVMUser'],
  ['group', 'web-team', '/pool/web', 'PVEPoolUser'],
  ...guests.map((vmid): Grant => ['user', 'operator@pve', `/vms/${vmid}`, 'Power']),
  ['user', 'taskscope@pve', '/', 'PVEAuditor'],
  ['token', COLLECTOR, '/', 'PVEAuditor'],
];
