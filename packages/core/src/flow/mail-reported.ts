import * as z from "zod/mini";
import type { MailReportOutcome } from "../customers.ts";
import type { InTransaction } from "../in-transaction.ts";
import type { MailReport } from "../mail-reports.ts";
import type { Reported } from "../policy/transition/reported.ts";
import type { Head } from "../ports/store/head.ts";
import { hashToken } from "../survey/token.ts";
import { changeTickets } from "./change-tickets.ts";
import type { Context } from "./context.ts";
import { suppressNamed } from "./suppressions.ts";
import { fromDocument } from "./ticket-document.ts";
import { dateSchema, idSchema, validate } from "./validate.ts";

const textOrNull = z._default(z.nullable(z.string("must be text or null")), null);
const base = {
  messageId: textOrNull,
  surveyId: textOrNull,
  recipient: textOrNull,
  workspaceId: z.optional(idSchema),
  verified: z._default(z.boolean("must be true or false"), false),
  at: z.optional(dateSchema),
};
const reportSchema = z.discriminatedUnion(
  "kind",
  [
    z.object({
      ...base,
      kind: z.literal("bounced"),
      isPermanent: z.boolean("must be true or false"),
      status: textOrNull,
    }),
    z.object({ ...base, kind: z.enum(["complained", "auto_reply"]) }),
  ],
  "must be bounced, complained or auto_reply",
);

/** Takes what became of a mail later. @throws CsatError `invalid_input`, `storage_failed` */
export async function mailReported<Tx>(
  context: Context<Tx>,
  given: MailReport,
  { tx }: InTransaction<Tx> = {},
): Promise<MailReportOutcome> {
  const report = validate({ schema: reportSchema, value: given, where: "The report was not taken" });
  const now = context.clock.now();
  // A clock that is ahead, or a time of the other side's choosing, makes nothing happen in the future.
  const at = report.at === undefined || report.at > now ? now : report.at;
  const head = await ticketOf(context, report, tx);
  if (head === null) return byRecipient(context, { report, at, tx });
  const { workspaceId, id: ticketId } = head.key;
  const ref = { workspaceId, ticketId };
  const event: Reported = { kind: "reported", report: fateOf(report), at };
  const [changed] = await changeTickets<Tx, Reported>({
    store: context.storage,
    now,
    tx,
    plans: [{ ref, event: () => event, known: head, customers: "recipient" }],
  });
  const kind = changed?.outcome.kind;
  return kind === undefined || kind === "lost" || kind === "unknown" ? nothingFound : { kind, ref };
}

const nothingFound: MailReportOutcome = { kind: "unknown", ref: null };

type Report = z.infer<typeof reportSchema>;

function fateOf(report: Report): Reported["report"] {
  if (report.kind !== "bounced") return { kind: report.kind };
  const { kind, isPermanent, status } = report;
  // RFC 3463: whatever else stands there is foreign text.
  const isStatus = status !== null && /^[245]\.\d{1,3}\.\d{1,3}$/.test(status);
  return { kind, isPermanent, status: isStatus ? status : null };
}

/** The ticket whose mail it is, by the header of ours or by the left side of our Message-ID; null for any other. */
async function ticketOf<Tx>(
  { storage }: Context<Tx>,
  { surveyId, messageId, workspaceId }: Report,
  tx: Tx | undefined,
): Promise<Head | null> {
  const session = tx === undefined ? storage.auto : storage.within(tx);
  const ofMessage = /^\s*<?([\w.-]{1,200})@/.exec(messageId ?? "")?.[1] ?? "";
  for (const id of new Set([surveyId?.trim() ?? "", ofMessage])) {
    if (id === "" || id.length > 200) continue;
    const head = await session.byToken(await hashToken(id, "mail"));
    const isOurs = head !== null && head.key.kind === "ticket" && fromDocument(head.state).survey !== null;
    if (isOurs && (workspaceId === undefined || workspaceId === head.key.workspaceId)) return head;
  }
  return null;
}

/** Somebody whom the host vouches for says so of an address: nobody is asked there, and no survey changes. */
async function byRecipient<Tx>(
  context: Context<Tx>,
  { report, at, tx }: { readonly report: Report; readonly at: Date; readonly tx: Tx | undefined },
): Promise<MailReportOutcome> {
  const { workspaceId, verified, recipient, kind } = report;
  const isForGood = kind === "complained" || (kind === "bounced" && report.isPermanent);
  const address = recipient?.trim() ?? "";
  if (!verified || workspaceId === undefined || address === "" || address.length > 1_000 || !isForGood)
    return nothingFound;
  await suppressNamed(context, { workspaceId, refs: [{ address, reason: kind, at }], actorId: null, tx });
  return { kind: "suppressed", ref: null };
}
