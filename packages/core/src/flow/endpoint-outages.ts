import { millisecondsInDay as dayMs, millisecondsInMinute as minuteMs } from "date-fns/constants";
import * as z from "zod/mini";
import { errorInWords } from "../error-kind.ts";
import type { EndpointFailing } from "../health.ts";
import type { Head, Key } from "../ports/store/head.ts";
import type { Context } from "./context.ts";
import type { KnownEndpoint } from "./known-endpoints.ts";
import { tellHost } from "./tell-host.ts";

/** What one attempt tells of an endpoint. */
export interface EndpointAttempt {
  readonly workspaceId: string;
  readonly endpointId: string;
  readonly isTaken: boolean;
  /** True when the event was tried here before: an endpoint that fails again has failed for a minute at least. */
  readonly isRetry: boolean;
}

// Endpoints of an outage that hits more than these are told of again when this process forgot them: never twice, by the record.
const mostKnown = 1_000;
const storedAfterMs = minuteMs;
const checkedEveryMs = minuteMs;
// Longer than the pause before a first retry.
const rememberedForMs = 10 * minuteMs;
const toldAfterMs = dayMs;

/** The record of an endpoint's outage, beside the one that holds what its workspace's admins chose. */
export function endpointKey({
  workspaceId,
  endpointId,
}: {
  readonly workspaceId: string;
  readonly endpointId: string;
}): Key {
  return { kind: "workspace", workspaceId, id: endpointId };
}

// Loose: what a newer release wrote beside is kept.
const document = z.looseObject({
  v: z.literal(1),
  failingSince: z.nullable(
    z.pipe(
      z.string(),
      z.transform((text) => new Date(text)),
    ),
  ),
  isTold: z.boolean(),
});

/** Since when the endpoint of a record takes nothing; null when it does, or when that is not known. */
export function failingSinceOf({ state }: Head): Date | null {
  const read = document.safeParse(state);
  return read.success ? read.data.failingSince : null;
}

/**
 * Remembers what an attempt tells. An outage of a minute is stored, so that it outlives every worker; one of a day is
 * told to the host, by the worker that writes so first. A success ends it. Costs an endpoint that works one read a minute, by each worker.
 * Never rejects: what could not be written is found by a later attempt.
 */
export async function noteAttempt<Tx>(context: Context<Tx>, attempt: EndpointAttempt): Promise<void> {
  const { clock, logger, endpoints } = context;
  const { workspaceId, endpointId, isTaken } = attempt;
  const id = JSON.stringify([workspaceId, endpointId]);
  const now = clock.now();
  const known = endpoints.get(id) ?? { since: null, checkedAt: null, isTold: false };
  try {
    const next = isTaken
      ? await afterSuccess(context, { attempt, known, now })
      : await afterFailure(context, { attempt, known, now });
    // The one that was noted last goes last.
    endpoints.delete(id);
    endpoints.set(id, next);
    const [oldest] = endpoints.keys();
    if (endpoints.size > mostKnown && oldest !== undefined) endpoints.delete(oldest);
  } catch (error) {
    logger.warn({ workspaceId, endpointId, cause: errorInWords(error) }, "an endpoint's state is not stored");
  }
}

interface Noted {
  readonly attempt: EndpointAttempt;
  readonly known: KnownEndpoint;
  readonly now: Date;
}

async function afterSuccess<Tx>(
  context: Context<Tx>,
  { attempt, known, now }: Noted,
): Promise<KnownEndpoint> {
  const { checkedAt } = known;
  const isFine = { since: null, isTold: false } as const;
  const isStored = known.since !== null && checkedAt !== null;
  const isFresh = checkedAt !== null && now.getTime() - checkedAt.getTime() < checkedEveryMs;
  // A failure that was never stored here may still have been by others.
  if (!isStored && isFresh) return { ...isFine, checkedAt };
  const head = await readMark(context, attempt);
  if (failingSinceOf(head) !== null) await writeMark(context, head, { failingSince: null, isTold: false });
  return { ...isFine, checkedAt: now };
}

async function afterFailure<Tx>(
  context: Context<Tx>,
  { attempt, known, now }: Noted,
): Promise<KnownEndpoint> {
  const since = known.since ?? now;
  const lastsMs = now.getTime() - since.getTime();
  const isLong = attempt.isRetry || lastsMs >= storedAfterMs;
  const isKnown = known.since !== null && known.checkedAt !== null;
  // Each process reads once what the others know, then waits for the day to be over.
  if (isKnown ? known.isTold || lastsMs < toldAfterMs : !isLong)
    return { ...known, since, checkedAt: known.since === null ? null : known.checkedAt };
  const head = await readMark(context, attempt);
  const stored = document.safeParse(head.state);
  const outage = stored.success ? stored.data : { failingSince: null, isTold: false };
  // Where others had ended the outage, or heard nothing of it for long, this failure is the first of the next one.
  const isFirst = isKnown || lastsMs >= rememberedForMs;
  const failingSince = outage.failingSince ?? (isFirst ? now : since);
  const isOver = now.getTime() - failingSince.getTime() >= toldAfterMs;
  const isTold = outage.isTold || isOver;
  const mark = { failingSince, isTold };
  const isNew = outage.failingSince === null || isTold !== outage.isTold;
  // Of two workers one writes it; the other reads what became of it with its next failure.
  if (isNew && !(await writeMark(context, head, mark))) return { since, checkedAt: null, isTold: false };
  if (isTold && !outage.isTold) await tell(context, { ...attempt, since: failingSince });
  return { since: failingSince, checkedAt: now, isTold };
}

async function readMark<Tx>({ storage }: Context<Tx>, attempt: EndpointAttempt): Promise<Head> {
  const key = endpointKey(attempt);
  const [head = { key, version: 0, state: null }] = await storage.auto.read([key]);
  return head;
}

async function writeMark<Tx>(
  { storage }: Context<Tx>,
  { key, version, state }: Head,
  { failingSince, isTold }: { readonly failingSince: Date | null; readonly isTold: boolean },
): Promise<boolean> {
  const next = { ...Object(state), v: 1, failingSince: failingSince?.toISOString() ?? null, isTold };
  const change = { key, expected: version, state: next, cells: null };
  const [outcome] = await storage.auto.write([{ heads: [change] }]);
  return outcome === "written";
}

async function tell<Tx>(
  { logger, onEndpointFailing }: Context<Tx>,
  { workspaceId, endpointId, since }: EndpointFailing,
): Promise<void> {
  const failing: EndpointFailing = { workspaceId, endpointId, since };
  logger.error({ kind: "endpoint_failing", ...failing }, "an endpoint has taken no event for a day");
  if (onEndpointFailing === null) return;
  const about = { workspaceId, endpointId };
  await tellHost({ name: "onEndpointFailing", call: () => onEndpointFailing(failing), about, logger });
}
