import type { ImportedSuppression } from "@csat/core";
import type { OperatorAnswer, OperatorCall } from "./call.ts";
import {
  customerFields,
  customerIn,
  inTermsOfBody,
  refused,
  refuseUnknown,
  timeOf,
} from "./customer-fields.ts";
import { jsonResponse } from "./error-response.ts";
import { readFields } from "./read-fields.ts";

// A thousand rows of a long address, an id, a reason and a time.
const maxBytes = 512 * 1024;
const mostRows = 1_000;

/** POST /api/customers/import — brings along whom others do not ask, 1,000 a call, in JSON. Called again it changes nothing twice. */
export async function importSuppressions({
  csat,
  principal,
  request,
}: OperatorCall): Promise<OperatorAnswer> {
  const list = { name: "suppressions", most: mostRows };
  const fields = await readFields(request, { accepted: "json", maxBytes, list });
  refuseUnknown(fields, [list.name]);
  const given = fields.values.get(list.name);
  if (!Array.isArray(given)) throw refused([{ path: list.name, message: "must be a list of suppressions" }]);
  const rows = given.map(rowOf);
  const by = { actorId: principal.userId };
  const imported = await inTermsOfBody(() => csat.importSuppressions(principal.workspaceId, rows, by));
  return jsonResponse(200, { imported });
}

/** JSON has no dates. All else of a row is the core's to judge. */
function rowOf(row: unknown, place: number): ImportedSuppression {
  const { at, ...others }: { readonly at?: unknown } = Object(row);
  const time = timeOf(at, `suppressions.${place}.at`);
  // Whatever else it is, the core refuses with its place.
  return { ...others, ...(time === undefined ? {} : { at: time }) } as ImportedSuppression;
}

/** POST /api/customers/export — all that is stored about a person, as a file of JSON. */
export async function exportCustomer({ csat, principal, request }: OperatorCall): Promise<OperatorAnswer> {
  const fields = await readFields(request, { accepted: "any" });
  refuseUnknown(fields, customerFields);
  const all = await inTermsOfBody(() => csat.exportCustomer(principal.workspaceId, customerIn(fields)));
  return jsonResponse(200, all, { "content-disposition": 'attachment; filename="customer.json"' });
}

/** POST /api/customers/erase — erases what is stored about a person, and the tickets of `ticketIds`, for ever; JSON alone. */
export async function eraseCustomer({ csat, principal, request }: OperatorCall): Promise<OperatorAnswer> {
  const list = { name: "ticketIds", most: mostRows };
  const fields = await readFields(request, { accepted: "json", maxBytes, list });
  refuseUnknown(fields, [...customerFields, list.name]);
  const ticketIds = fields.values.get(list.name) ?? [];
  // What is no list of ids is the core's to refuse.
  const who = { ...customerIn(fields), ticketIds: ticketIds as readonly string[] };
  const erased = await inTermsOfBody(() => csat.eraseCustomer(principal.workspaceId, who));
  return jsonResponse(200, { erased });
}
