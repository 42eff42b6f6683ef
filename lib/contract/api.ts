import { LiveAnswer, ReadyAnswer } from './health';
import { Nothing } from './nothing';
import { OpenApiDocument } from './openapi';
import type { Operation } from './operation';
import { AlsoSignedIn, SessionAnswer, SessionCluster, SignInForm } from './session';
import { UpidAnswer, UpidRequest } from './upid';

/** The whole HTTP API; a test compares it with the routes that are there. Signing in itself is next-auth's. */
export const API: readonly Operation[] = [
  {
    method: 'GET',
    path: '/api/session',
    summary: 'Who I am, and where',
    who: 'viewer',
    input: Nothing,
    answer: SessionAnswer,
  },
  {
    method: 'POST',
    path: '/api/session/clusters',
    summary: 'Sign in to one more cluster',
    who: 'session',
    input: SignInForm,
    answer: AlsoSignedIn,
  },
  {
    method: 'DELETE',
    path: '/api/session/clusters/{cluster}',
    summary: 'Sign out of one cluster; out of the last one ends the session',
    who: 'session',
    input: SessionCluster,
    answer: SessionAnswer,
  },
  {
    method: 'GET',
    path: '/api/upid/{upid}',
    summary: 'A decoded UPID, without touching a cluster',
    who: 'anyone',
    input: UpidRequest,
    answer: UpidAnswer,
  },
  {
    method: 'GET',
    path: '/api/health/live',
    summary: 'Whether the process runs',
    who: 'anyone',
    input: Nothing,
    answer: LiveAnswer,
  },
  {
    method: 'GET',
    path: '/api/health/ready',
    summary: 'Whether it can serve; 503 when not',
    who: 'anyone',
    input: Nothing,
    answer: ReadyAnswer,
  },
  {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This document',
    who: 'anyone',
    input: Nothing,
    answer: OpenApiDocument,
  },
];
