import * as z from "zod/mini";
import { CsatError } from "../errors.ts";
import { nothingKnown, type SurveyState, type TicketState } from "../policy/transition/ticket-state.ts";
import type { Json } from "../ports/store/head.ts";
import type { ExclusionReason } from "../survey/exclusion-reason.ts";
import { type Rating, ratings } from "../survey/response.ts";
import type { FailReason, LeaveReason, SkipReason } from "../survey/survey.ts";

// Rises when an older release could not read the document any more.
const documentVersion = 1;

const date = z.pipe(
  z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)))),
  z.transform((text) => new Date(text)),
);
const orNull = <Schema extends z.ZodMiniType>(schema: Schema) => z._default(z.nullable(schema), null);

const leaving = z.looseObject({
  at: date,
  reason: z.enum(["reopened", "closed", "merged"] satisfies LeaveReason[]),
});

// What stands here was written by this library: text of a known shape, whose words need no second check.
const reason = z.custom<SkipReason | LeaveReason | FailReason>((value) => typeof value === "string");
const exclusionReason = z.custom<ExclusionReason>((value) => typeof value === "string");
const rating = z.custom<Rating>((value) => ratings.some((known) => known === value));

// Loose, here and below: what a newer release wrote is kept, and a status of its own is left to it.
const survey = z.looseObject({
  id: z.string(),
  status: z.custom<SurveyState["status"]>((value) => typeof value === "string"),
  generation: z.int(),
  reason: orNull(reason),
  resolvedAt: date,
  dueAt: date,
  armedAt: date,
  firstDueAt: date,
  attempts: z._default(z.int(), 0),
  mayHaveReached: z._default(z.boolean(), false),
  begun: orNull(
    z.looseObject({ leaseId: z.string(), reachedBefore: z.boolean(), begunBefore: orNull(date) }),
  ),
  sendBegunAt: orNull(date),
  trace: orNull(z.string()),
  remembered: orNull(
    z.looseObject({ resolvedAt: date, dueAt: date, trace: orNull(z.string()), duringSend: z.boolean() }),
  ),
  leftMeanwhile: orNull(leaving),
  putOffFor: z._default(z.array(z.string()), []),
  sentAt: orNull(date),
  messageId: orNull(z.string()),
  channel: orNull(z.string()),
  slices: z._default(z.array(z.string()), []),
  linksIssued: z._default(z.boolean(), false),
  linksIssuedAt: orNull(date),
  lastError: orNull(z.string()),
  eligibleAt: orNull(date),
  customer: orNull(z.string()),
  recipient: orNull(
    z.looseObject({
      id: z._default(z.nullable(z.string()), null),
      address: z._default(z.nullable(z.string()), null),
    }),
  ),
  bounce: orNull(z.looseObject({ at: date, status: z._default(z.nullable(z.string()), null) })),
  complainedAt: orNull(date),
  page: orNull(
    z.looseObject({
      workspaceId: z.string(),
      workspaceName: z.string(),
      ticketSubject: z.string(),
      locale: z.nullable(z.string()),
    }),
  ),
  answer: orNull(z.looseObject({ rating, respondedAt: date })),
  answeredIn: orNull(z.string()),
  exclusion: orNull(
    z.looseObject({ reason: exclusionReason, actorId: z._default(z.nullable(z.string()), null), at: date }),
  ),
});

const document = z.looseObject({
  v: z.literal(documentVersion),
  erased: z._default(z.boolean(), false),
  firstResolution: orNull(z.looseObject({ at: date, actorId: z.nullable(z.string()) })),
  lastLeftAt: orNull(date),
  sample: orNull(z.looseObject({ percent: z.number(), isIn: z.boolean() })),
  isLeftOut: z._default(z.boolean(), false),
  recent: z._default(z.array(z.string()), []),
  survey: orNull(survey),
});

/** The state as a store keeps it: dates as ISO 8601, and nothing written that says nothing. */
export function toDocument(state: TicketState): Json {
  const { survey, ...ticket } = state;
  return {
    v: documentVersion,
    ...spoken(ticket),
    ...(survey === null ? {} : { survey: spokenSurvey(survey) }),
  };
}

function spokenSurvey({ attempts, mayHaveReached, remembered, ...survey }: SurveyState): Json {
  return {
    ...spoken(survey),
    ...(remembered === null ? {} : { remembered: spokenRemembered(remembered) }),
    ...(attempts === 0 ? {} : { attempts }),
    ...(mayHaveReached ? { mayHaveReached } : {}),
  };
}

function spokenRemembered({ trace, ...remembered }: NonNullable<SurveyState["remembered"]>): Json {
  return plain(trace === null ? remembered : { ...remembered, trace });
}

/** Without what is null, false or empty. */
function spoken(fields: object): { readonly [name: string]: Json } {
  const said: [string, Json][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === false || (Array.isArray(value) && value.length === 0)) continue;
    said.push([name, plain(value)]);
  }
  return Object.fromEntries(said);
}

function plain(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value as Json; // A state holds text, numbers and booleans besides.
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
}

/**
 * The state of a stored document; what stands before anything was told for null.
 * @throws CsatError `storage_failed` for a document that this release cannot read
 */
export function fromDocument(state: Json | null): TicketState {
  if (state === null) return nothingKnown;
  const read = document.safeParse(state);
  if (read.success) {
    const { v: _version, ...ticket } = read.data;
    return ticket;
  }
  const fields = read.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new CsatError(
    "storage_failed",
    `A ticket's stored document cannot be read (${fields}): a newer release wrote it, or something else did. Update this process.`,
  );
}
