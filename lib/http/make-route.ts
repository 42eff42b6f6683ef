import 'server-only';
import { NextRequest } from 'next/server';
import type { z } from 'zod';
import type { AppContext, Visitor } from '@/lib/auth/context';
import { demandOrigin, isWrite } from '@/lib/auth/origin';
import type { Who } from '@/lib/contract/operation';
import { AppError, isAppError } from '@/lib/domain/errors';
import { type ErrorLog, errorResponse } from './error-response';
import { readBytes, readJson } from './request-body';
import { gatherInput, parseInput } from './request-input';

type AskerOf<W extends Who> = W extends 'viewer'
  ? AppContext
  : W extends 'session'
    ? AppContext & { session: NonNullable<AppContext['session']> }
    : Visitor;

/** What stands around every route; handed in so that a test can have its own. */
export type Edge = {
  /** Throws `signed_out`; `forbidden` for a write of a session without our own Origin. */
  context(request: Request, visitor: Visitor): Promise<AppContext>;
  /** Throws `forbidden` when the request names an Origin that is not ours. */
  refuseForeign(request: Request): Promise<void>;
  log: ErrorLog;
};

type Common<W extends Who, I> = {
  who: W;
  /** Strict: an unknown parameter is a 400. */
  input: z.ZodType<I>;
  maxBodyBytes?: number;
};

type RouteSpec<W extends Who, I, O> = Common<W, I> & {
  output: z.ZodType<O, unknown>;
  run(ctx: AskerOf<W>, input: I): O | Promise<O>;
  status?: 200 | 201 | 202;
  timeoutMs?: number;
};

type RawSpec<W extends Who, I> = Common<W, I> & {
  /** When the answer is JSON: the shape that `respond` gives it. */
  output?: z.ZodType;
  respond(ctx: AskerOf<W>, input: I, request: Request): Response | Promise<Response>;
};

type Segment = { params: Promise<Readonly<Record<string, string | string[] | undefined>>> };

/** A handler that carries what it was made of: a test fails for a route without a stated viewer or outside the contract. */
export type RouteHandler = ((request: Request, segment: Segment) => Promise<Response>) & {
  who: Who;
  /** Null when another library reads the request. */
  input: z.ZodType | null;
  output: z.ZodType | null;
};

const BODY_BYTES = 64 * 1024;
const TIMEOUT_MS = 30_000;

/** The two kinds of routes over one edge. */
export function makeRoutes(edge: Edge) {
  type Answer<W extends Who, I> = (ctx: AskerOf<W>, input: I, request: Request) => Response | Promise<Response>;

  function handlerOf<W extends Who, I>(spec: Common<W, I>, timeoutMs: number | null, answer: Answer<W, I>) {
    return async (request: Request, segment: Segment): Promise<Response> => {
      const requestId = crypto.randomUUID();
      const late = timeoutMs === null ? null : AbortSignal.timeout(timeoutMs);
      const signal = late ? AbortSignal.any([request.signal, late]) : request.signal;
      try {
        if (isWrite(request)) await edge.refuseForeign(request);
        const ctx = await askerOf(spec.who, request, { requestId, signal });
        const body = !isWrite(request) ? undefined : await readJson(request, spec.maxBodyBytes ?? BODY_BYTES);
        const said = gatherInput(await segment.params, new URL(request.url).searchParams, body);
        const input = parseInput(spec.input, said);
        // askerOf gives what `who` promises; TypeScript does not follow a conditional type through a switch.
        const made = answer(ctx as AskerOf<W>, input, request);
        return bodyless(request, await orAbort(signal, made, giveUp));
      } catch (error) {
        if (isAppError(error)) return errorResponse(error, requestId, edge.log);
        // The asker left: nobody reads this answer, and an abort is no error.
        if (request.signal.aborted) return new Response(null, { status: 499 });
        return errorResponse(late?.aborted ? tookTooLong(timeoutMs, error) : error, requestId, edge.log);
      }
    };
  }

  async function askerOf(who: Who, request: Request, visitor: Visitor): Promise<AppContext | Visitor> {
    if (who === 'anyone') return visitor;
    const ctx = await edge.context(request, visitor);
    if (who === 'session' && !ctx.session) {
      throw new AppError('forbidden', 'This is for browser sessions; an API token has none.');
    }
    return ctx;
  }

  /**
   * A route that answers with JSON of a known shape: the asker, then the input, then the verb, then the shape of its
   * answer. The work is given 30 s unless `timeoutMs` says otherwise.
   */
  function route<W extends Who, I, O>(spec: RouteSpec<W, I, O>): RouteHandler {
    const handler = handlerOf(spec, spec.timeoutMs ?? TIMEOUT_MS, async (ctx, input) => {
      const answer = spec.output.parse(await spec.run(ctx, input));
      const headers = { 'cache-control': 'no-store', 'x-request-id': ctx.requestId };
      return Response.json(answer, { status: spec.status ?? 200, headers });
    });
    return Object.assign(handler, { who: spec.who, input: spec.input, output: spec.output });
  }

  /** A route that makes its own response, as streams and downloads do. It has no time limit: `ctx.signal` ends it. */
  function rawRoute<W extends Who, I>(spec: RawSpec<W, I>): RouteHandler {
    const handler = handlerOf(spec, null, (ctx, input, request) => spec.respond(ctx, input, request));
    return Object.assign(handler, { who: spec.who, input: spec.input, output: spec.output ?? null });
  }

  /**
   * A route whose requests another library reads. It gets them bounded, with the body already here, and its writes from
   * our own pages alone.
   */
  function foreignRoute(respond: (request: NextRequest, segment: Segment) => Promise<Response>): RouteHandler {
    const handler = async (request: Request, segment: Segment): Promise<Response> => {
      const requestId = crypto.randomUUID();
      try {
        if (isWrite(request)) await edge.refuseForeign(request);
        demandOrigin(request);
        const { url, method, headers } = request;
        if (!isWrite(request)) return await respond(new NextRequest(url, { method, headers }), segment);
        const body = await readBytes(request, BODY_BYTES);
        return await respond(new NextRequest(url, { method, headers, body, signal: request.signal }), segment);
      } catch (error) {
        return errorResponse(error, requestId, edge.log);
      }
    };
    return Object.assign(handler, { who: 'anyone' as const, input: null, output: null });
  }

  return { route, rawRoute, foreignRoute };
}

/** Lets go of a body that nobody reads: a stream would go on for as long as its session, or hold a node's place. */
const giveUp = (response: Response): void => void response.body?.cancel().catch(() => undefined);

/** Next answers HEAD by the GET handler and never looks at the body it made. */
function bodyless(request: Request, response: Response): Response {
  if (request.method !== 'HEAD') return response;
  giveUp(response);
  return new Response(null, response);
}

/**
 * The work, or the signal's reason as soon as it aborts: what ignores the signal must not hold the answer. What comes of it
 * later is handed to `tooLate`.
 */
function orAbort<T>(signal: AbortSignal, work: T | Promise<T>, tooLate: (result: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason);
      Promise.resolve(work).then(tooLate, () => undefined);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    Promise.resolve(work)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

const tookTooLong = (ms: number | null, cause: unknown): AppError =>
  new AppError('unavailable', `This took longer than ${(ms ?? 0) / 1000} s and was given up.`, { cause });
