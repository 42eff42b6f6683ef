import type { Account } from '../access/accounts.ts';
import { findUsable } from '../access/accounts.ts';
import { capabilities } from '../access/capabilities.ts';
import { holds } from '../access/permissions.ts';
import { challengeFor, needsSecondFactor, secondFactorHolds } from '../access/second-factor.ts';
import { openTicket, signCsrf, signTicket } from '../access/tickets.ts';
import { ApiError, data, type Result } from '../http/answer.ts';
import type { Call } from '../http/route.ts';
import type { Cluster } from '../world/model.ts';

const HALF = '!tfa!';

/** `POST /access/ticket` (2.1, 2.4): password, ticket as password, or the answer to a challenge. */
export function signIn({ cluster, byToken, params }: Call): Result {
  if (byToken) {
    throw new ApiError(
      403,
      "Permission check failed (URI '/access/ticket' not available with API token, need proper ticket.\n)",
    );
  }
  const name = String(params.username);
  const userid = params.realm === undefined ? name : `${name}@${params.realm}`;
  const password = String(params.password);
  const now = cluster.clock.seconds();
  const account = findUsable(cluster.accounts, userid, now);
  if (!account) throw refused();
  const challenge = params['tfa-challenge'];
  if (challenge !== undefined) {
    if (params.otp !== undefined) throw refused();
    return data(afterChallenge(cluster, account, String(challenge), password, now));
  }
  if (isOwnTicket(cluster, account, password, now)) return data(fullAnswer(cluster, account, now));
  if (!passwordHolds(account, password)) throw refused();
  if (!needsSecondFactor(account)) return data(fullAnswer(cluster, account, now));
  const locks = cluster.version.secondFactorLocks;
  if (cluster.version.newFormatOnRequest && params['new-format'] !== true)
    return data(oldProtocol(cluster, userid, now));
  return data({
    username: userid,
    NeedTFA: 1,
    ticket: signTicket(cluster.accounts.key, `${HALF}${JSON.stringify(challengeFor(account, locks))}`, now, userid),
    CSRFPreventionToken: signCsrf(cluster.accounts.key, userid, now),
  });
}

const refused = (): ApiError => new ApiError(401, 'authentication failure');

/** Root may take anybody's ticket with their own as the password; others only renew theirs. */
function isOwnTicket(cluster: Cluster, account: Account, password: string, now: number): boolean {
  const user = openTicket(cluster.accounts.key, password, now);
  return user !== undefined && (user === account.userid || user === 'root@pam');
}

/** An openid realm has no passwords. */
const passwordHolds = (account: Account, password: string): boolean =>
  account.password !== '' && account.password === password;

function afterChallenge(cluster: Cluster, account: Account, challenge: string, answer: string, now: number): object {
  const half = openTicket(cluster.accounts.key, challenge, now, account.userid);
  if (!half?.startsWith(HALF)) throw refused();
  if (!secondFactorHolds(account, answer, cluster.version.secondFactorLocks, now)) throw refused();
  return fullAnswer(cluster, account, now);
}

/** 7.x without new-format=1: a ticket that only POST /access/tfa would take. */
const oldProtocol = (cluster: Cluster, userid: string, now: number): object => ({
  username: userid,
  NeedTFA: 1,
  ticket: signTicket(cluster.accounts.key, `tfa!${userid}`, now),
  CSRFPreventionToken: signCsrf(cluster.accounts.key, userid, now),
});

function fullAnswer(cluster: Cluster, { userid }: Account, now: number): object {
  const named = cluster.name !== null && holds(cluster, userid, '/', 'Sys.Audit');
  return {
    username: userid,
    ticket: signTicket(cluster.accounts.key, userid, now),
    CSRFPreventionToken: signCsrf(cluster.accounts.key, userid, now),
    cap: capabilities(cluster, userid),
    ...(named ? { clustername: cluster.name } : {}),
  };
}
