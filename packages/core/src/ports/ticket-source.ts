import * as z from "zod/mini";
import { type Attributes, readAttributes } from "../survey/attributes.ts";
import type { TicketRef } from "../survey/survey.ts";
import { invalidAnswer, readAnswer, saidOf } from "./answers.ts";
import type { Logger } from "./logger.ts";

/**
 * What the helpdesk knows. Read fresh before every send. One that throws, or answers out of shape, delays the survey; it
 * never skips it. A field that may be null may also be left out.
 */
export interface TicketSource {
  /** The ticket as it is now; null when it is gone. */
  getTicket(ref: TicketRef): Promise<TicketSnapshot | null>;
  /** Many at once, before mails and for cards of the dashboard; unknown ids are left out. Before a mail, what is left out is asked for once more by `getTicket`. */
  getTickets(workspaceId: string, ticketIds: readonly string[]): Promise<readonly TicketSnapshot[]>;
  /** Names for pages, the export and the journal, at most one call for each; unknown ids are left out. Without it, after a failure and after two seconds, ids are shown. */
  getOperators?(
    workspaceId: string,
    operatorIds: readonly string[],
  ): Promise<readonly { readonly id: string; readonly name: string }[]>;
}

/** One ticket at one moment. Every string may be what outsiders typed. */
export interface TicketSnapshot {
  readonly ticketId: string;
  readonly status: "open" | "resolved" | "closed";
  readonly subject: string;
  /** Where an operator opens it; null when there is no such page. */
  readonly url: string | null;
  readonly workspaceName: string;
  readonly customer: {
    readonly name: string | null;
    /** Any string; what is not exactly one address of the internet gets no mail (`singleAddress` has the rule). */
    readonly email: string | null;
    /** BCP 47 tag of 35 characters at most, also spelt as in `pt_BR`; null when unknown. Anything else counts as unknown. */
    readonly locale: string | null;
    /** Where this customer is asked: a name that `byChannel` was given a mailer for. Null, blank or left out: `email`. */
    readonly channel?: string | null | undefined;
    /** The host's own id of this person: cooldowns go by it before the address. Up to 200 characters. */
    readonly id?: string | null | undefined;
    /** Set when the customer is one of the operators: their operator id. Who worked on a ticket is not asked about it. */
    readonly operatorId?: string | null | undefined;
    /** IANA name, as `Europe/Berlin`. Anything else counts as unknown. */
    readonly timeZone?: string | null | undefined;
    /** Address in that channel, handed to its mailer as it is. For `email` it counts only where `email` is null. */
    readonly address?: string | null | undefined;
  };
  /** `email` tells an operator who is also the customer; it is compared and kept nowhere. */
  readonly assignee: {
    readonly id: string;
    readonly name: string;
    readonly email?: string | null | undefined;
  } | null;
  /** Who resolved it, where the host can say more than `ticketResolved` did. */
  readonly resolver?: { readonly id: string; readonly email?: string | null | undefined } | null | undefined;
  /** For rules and slices: at most 8 names, 1 kB in all (`readAttributes`). What exceeds that is dropped from the end and logged. */
  readonly attributes?: Attributes | undefined;
}

/** The same source, whose answers are what their types say. @throws CsatError `invalid_answer`, naming the fields */
export function checkedTickets(source: TicketSource, logger: Logger): TicketSource {
  return {
    async getTicket(ref) {
      const answer: unknown = await source.getTicket(ref);
      if (answer === null || answer === undefined) return null;
      const read = readAnswer(ticketSchema, answer);
      if (!read.isUsable) throw invalidAnswer("The ticket source", read.issues);
      const { ticketId = ref.ticketId, ...rest } = read.value;
      // A mail about somebody else's ticket is worse than none.
      if (ticketId === ref.ticketId)
        return readTicket({ ticketId, ...rest }, { workspaceId: ref.workspaceId, logger });
      const issue = { path: "ticketId", message: "must be that of the ticket that was asked for" };
      throw invalidAnswer("The ticket source", [issue]);
    },
    async getTickets(workspaceId, ticketIds) {
      const answer: unknown = await source.getTickets(workspaceId, ticketIds);
      const read = { schema: listedTicketSchema, answer, who: "The ticket source", workspaceId, logger };
      return usable(read).map((ticket) => readTicket(ticket, { workspaceId, logger }));
    },
    async getOperators(workspaceId, operatorIds) {
      // Looked for every time: a host may learn to name its operators after the start.
      if (source.getOperators === undefined) return [];
      const answer: unknown = await source.getOperators(workspaceId, operatorIds);
      return usable({ schema: operatorSchema, answer, who: "getOperators", workspaceId, logger });
    },
  };
}

const text = z.nullable(z.string("must be text or null"));

const textOrNull = z._default(text, null);
const textOrLess = z.optional(text);
// Where a helpdesk has nothing to say, a blank text says it: its default stands in the mail.
const textOrBlank = z.pipe(
  z.optional(z.nullable(z.string("must be text"))),
  z.transform((text) => text ?? ""),
);
// Helpdesks number their tickets and people.
const id = z.pipe(z.union([z.string(), z.number()], "must be text"), z.transform(String));
const idOrLess = z.optional(z.nullable(id));

const ticketFields = {
  status: z.enum(["open", "resolved", "closed"], "must be open, resolved or closed"),
  subject: textOrBlank,
  url: textOrNull,
  workspaceName: z.string("must be text"),
  customer: z.pipe(
    z.nullable(
      z.object(
        {
          name: textOrNull,
          email: textOrNull,
          locale: textOrNull,
          channel: textOrLess,
          address: textOrLess,
          id: idOrLess,
          operatorId: idOrLess,
          timeZone: textOrLess,
        },
        "must be an object or null",
      ),
    ),
    z.transform((customer) => customer ?? { name: null, email: null, locale: null }),
  ),
  assignee: z._default(
    z.nullable(z.object({ id, name: textOrBlank, email: textOrLess }, "must be an object or null")),
    null,
  ),
  resolver: z.optional(z.nullable(z.object({ id, email: textOrLess }, "must be an object or null"))),
  // Whatever stands there costs no survey.
  attributes: z.pipe(
    z.optional(z.unknown()),
    z.transform((given) => (given === undefined || given === null ? undefined : readAttributes(given))),
  ),
};
/** A ticket as a host gives it; its id may be left out. */
export const ticketSchema = z.object(
  { ticketId: z.optional(id), ...ticketFields },
  "must be a ticket or null",
);
const listedTicketSchema = z.object({ ticketId: id, ...ticketFields }, "must be a ticket");
const operatorSchema = z.object({ id, name: z.string("must be text") }, "must be an operator");

/** A ticket that was read, without what its attributes have too much of: that costs nobody a survey, and is logged. */
export function readTicket(
  { attributes: given, ...ticket }: z.output<typeof listedTicketSchema>,
  { workspaceId, logger }: { readonly workspaceId: string; readonly logger: Logger },
): TicketSnapshot {
  if (given === undefined) return ticket;
  const { attributes, dropped } = given;
  if (dropped.length > 0)
    logger.warn(
      { workspaceId, ticketId: ticket.ticketId, dropped: dropped.join(", ") },
      "a ticket has more attributes than are kept; the last ones were left out",
    );
  return { ...ticket, attributes };
}

/** Those of a list that can be used; the others are left out and logged. */
function usable<Schema extends z.ZodMiniType>({
  schema,
  answer,
  who,
  workspaceId,
  logger,
}: {
  readonly schema: Schema;
  readonly answer: unknown;
  readonly who: string;
  readonly workspaceId: string;
  readonly logger: Logger;
}): readonly z.output<Schema>[] {
  if (!Array.isArray(answer)) throw invalidAnswer(who, [{ path: "", message: "must be a list" }]);
  const found: z.output<Schema>[] = [];
  for (const [place, one] of answer.entries()) {
    const read = readAnswer(schema, one);
    if (read.isUsable) found.push(read.value);
    else
      logger.warn(
        { workspaceId, place, wrong: saidOf(read.issues) },
        `${who} answered out of shape; left out`,
      );
  }
  return found;
}
