import { ClustersAnswer } from './cluster';
import { LiveAnswer, ReadyAnswer } from './health';
import { DecodeAnswer, DecodeRequest, LogAnswer, LogRequest, LogStreamRequest } from './log';
import { Nothing } from './nothing';
import { OpenApiDocument } from './openapi';
import type { Operation } from './operation';
import { SEARCH_API } from './search-api';
import { AlsoSignedIn, SessionAnswer, SessionCluster, SignInForm } from './session';
import { TaskAnswer, TaskDetail, TaskListAnswer, TaskListRequest } from './task';
import { BulkStopAnswer, BulkStopRequest, StopAnswer, WaitRequest } from './task-actions';
import { TaskRequest } from './task-ref';
import { TaskStreamRequest } from './task-stream';
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
    path: '/api/tasks',
    summary: 'A page of what a search finds',
    who: 'viewer',
    input: TaskListRequest,
    answer: TaskListAnswer,
  },
  {
    method: 'GET',
    path: '/api/tasks/stream',
    summary: 'Changes of what a search finds: events `task`, `status`, `reset`',
    who: 'viewer',
    input: TaskStreamRequest,
    answer: 'text/event-stream',
  },
  {
    method: 'POST',
    path: '/api/tasks/bulk-stop',
    summary: 'Stop the running tasks that are named, or that a search finds',
    who: 'viewer',
    input: BulkStopRequest,
    answer: BulkStopAnswer,
  },
  {
    method: 'GET',
    path: '/api/tasks/{cluster}/{upid}',
    summary: 'One task',
    who: 'viewer',
    input: TaskRequest,
    answer: TaskDetail,
  },
  {
    method: 'DELETE',
    path: '/api/tasks/{cluster}/{upid}',
    summary: 'Ask the node to stop it, with one’s own rights',
    who: 'viewer',
    input: TaskRequest,
    answer: StopAnswer,
    status: 202,
  },
  {
    method: 'GET',
    path: '/api/tasks/{cluster}/{upid}/wait',
    summary: 'The task once it has ended, or as it is after the time-out',
    who: 'viewer',
    input: WaitRequest,
    answer: TaskAnswer,
  },
  {
    method: 'GET',
    path: '/api/tasks/{cluster}/{upid}/log',
    summary: 'Lines of its log',
    who: 'viewer',
    input: LogRequest,
    answer: LogAnswer,
  },
  {
    method: 'GET',
    path: '/api/tasks/{cluster}/{upid}/log/raw',
    summary: 'The bytes of its log; one range of them once it is kept',
    who: 'viewer',
    input: TaskRequest,
    answer: 'text/plain',
  },
  {
    method: 'GET',
    path: '/api/tasks/{cluster}/{upid}/log/stream',
    summary: 'Its log as it grows: events `lines`, `progress`, `away`, `reset`, `end`',
    who: 'viewer',
    input: LogStreamRequest,
    answer: 'text/event-stream',
  },
  {
    method: 'POST',
    path: '/api/log/decode',
    summary: 'The text of log lines in any order',
    who: 'viewer',
    input: DecodeRequest,
    answer: DecodeAnswer,
  },
  ...SEARCH_API,
  {
    method: 'GET',
    path: '/api/clusters',
    summary: 'How each cluster and node stands',
    who: 'viewer',
    input: Nothing,
    answer: ClustersAnswer,
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
