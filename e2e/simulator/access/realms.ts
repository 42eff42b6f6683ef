export type Realm = {
  realm: string;
  type: 'pam' | 'pve' | 'ldap' | 'ad' | 'openid';
  comment?: string;
  default?: 1;
  tfa?: 'oath' | 'yubico';
};

export const PAM: Realm = { realm: 'pam', type: 'pam', comment: 'Linux PAM standard authentication' };
export const PVE: Realm = { realm: 'pve', type: 'pve', comment: 'Proxmox VE authentication server' };
