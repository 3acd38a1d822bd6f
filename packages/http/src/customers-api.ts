import type { SuppressionReason } from "@csat/core";
import { inTermsOfQuery, pageOf } from "./analytics-query.ts";
import { answerWith, answerWithMore, type OperatorAnswer, type OperatorCall } from "./call.ts";
import {
  customerFields,
  customerIn,
  givenIn,
  inTermsOfBody,
  refuseUnknown,
  timeOf,
} from "./customer-fields.ts";
import { jsonResponse } from "./error-response.ts";
import { type Fields, readFields } from "./read-fields.ts";
import { ledTo, returnPathOf } from "./return-path.ts";

/** GET /api/customers/suppressed — whom we do not ask, the latest first, without addresses. */
export async function listSuppressed({ csat, principal, url }: OperatorCall): Promise<OperatorAnswer> {
  const page = pageOf(url);
  const listed = await inTermsOfQuery(() => csat.listSuppressed(principal.workspaceId, page));
  return answerWith("suppressed-customers", listed);
}

/** POST /api/customers/lookup — what keeps one customer from being asked. By POST: no address stands in a URL, nor in its log. */
export async function lookUpCustomer({ csat, principal, request }: OperatorCall): Promise<OperatorAnswer> {
  const fields = await readFields(request, { accepted: "any" });
  refuseUnknown(fields, customerFields);
  const back = fields.kind === "form" ? returnPathOf(fields) : null;
  const who = customerIn(fields);
  const suppressions = await inTermsOfBody(() => csat.suppressionsOf(principal.workspaceId, who));
  return answerWithMore("customer", { suppressions }, async () => ({ suppressions, who, back }));
}

/** POST /api/customers/suppress — nobody asks this customer any more. A form is led to its field `return`, or to the list. */
export async function suppressCustomer({ csat, principal, request }: OperatorCall): Promise<OperatorAnswer> {
  const fields = await readFields(request, { accepted: "any" });
  refuseUnknown(fields, [...customerFields, "reason"]);
  const location = wayOn(fields);
  const reason = reasonIn(fields);
  const by = { actorId: principal.userId, ...(reason === undefined ? {} : { reason }) };
  await inTermsOfBody(() => csat.suppress(principal.workspaceId, customerIn(fields), by));
  return location === null ? jsonResponse(200, { kind: "suppressed" }) : ledTo(location);
}

/** POST /api/customers/lift — takes one reason back; an opt-out needs `consentGivenAt`. Forms are led on as there. */
export async function liftSuppression({ csat, principal, request }: OperatorCall): Promise<OperatorAnswer> {
  const fields = await readFields(request, { accepted: "any" });
  refuseUnknown(fields, [...customerFields, "reason", "consentGivenAt"]);
  const location = wayOn(fields);
  const consentGivenAt = timeOf(givenIn(fields, "consentGivenAt"), "consentGivenAt");
  const by = {
    actorId: principal.userId,
    // One that is left out is the core's to refuse as well.
    reason: reasonIn(fields) as SuppressionReason,
    ...(consentGivenAt === undefined ? {} : { consentGivenAt }),
  };
  const stood = await inTermsOfBody(() => csat.lift(principal.workspaceId, customerIn(fields), by));
  return location === null
    ? jsonResponse(200, { kind: stood ? "lifted" : "nothing_to_do" })
    : ledTo(location);
}

/** What it may be is the core's to judge. */
function reasonIn(fields: Fields): SuppressionReason | undefined {
  return givenIn(fields, "reason") as SuppressionReason | undefined; // Refused there unless it is one.
}

/** Null for what is no form. Relative where it says nothing, which is right behind every mount and proxy. */
function wayOn(fields: Fields): string | null {
  return fields.kind === "form" ? (returnPathOf(fields) ?? "suppressed") : null;
}
