import type { OptOutPage } from "../opting-out.ts";
import type { CustomerState } from "../policy/ask/customer-state.ts";
import { liftedFrom, suppressedFor } from "../policy/ask/suppression.ts";
import type { Head } from "../ports/store/head.ts";
import { hashToken, parseToken } from "../survey/token.ts";
import { changeCustomers } from "./change-customers.ts";
import type { Context } from "./context.ts";
import { fromCustomerDocument } from "./customer-document.ts";
import { surveyNotFound } from "./open-survey.ts";

/** What the page behind the link shows. Writes nothing. @throws CsatError `survey_not_found`, `storage_failed` */
export async function openOptOut<Tx>(context: Context<Tx>, token: string): Promise<OptOutPage> {
  const head = await headOfOptOut(context, token);
  const isOptedOut = fromCustomerDocument(head).suppressed.opted_out !== undefined;
  return pageOf(context, head.key.workspaceId, isOptedOut);
}

/** The customer's own no, under every key that is known of them. @throws CsatError `survey_not_found`, `storage_failed` */
export async function optOut<Tx>(context: Context<Tx>, token: string): Promise<OptOutPage> {
  const at = context.clock.now();
  return change(context, { token, isOptedOut: true }, (record) => {
    const suppressed = suppressedFor(record.suppressed, "opted_out", { at, actorId: null });
    return suppressed === record.suppressed ? record : { ...record, suppressed };
  });
}

/** Takes it back, and nothing else. @throws CsatError `survey_not_found`, `storage_failed` */
export async function undoOptOut<Tx>(context: Context<Tx>, token: string): Promise<OptOutPage> {
  return change(context, { token, isOptedOut: false }, (record) => {
    const suppressed = liftedFrom(record.suppressed, "opted_out");
    return suppressed === record.suppressed ? record : { ...record, suppressed };
  });
}

async function change<Tx>(
  context: Context<Tx>,
  { token, isOptedOut }: { readonly token: string; readonly isOptedOut: boolean },
  becomes: (record: CustomerState) => CustomerState,
): Promise<OptOutPage> {
  const { workspaceId, id } = (await headOfOptOut(context, token)).key;
  await changeCustomers(context, { workspaceId, keys: [id], withOthers: true, change: becomes });
  return pageOf(context, workspaceId, isOptedOut);
}

async function headOfOptOut<Tx>({ storage }: Context<Tx>, token: unknown): Promise<Head> {
  const known = parseToken(token);
  const head = known === null ? null : await storage.auto.byToken(await hashToken(known, "opt_out"));
  if (head === null || head.key.kind !== "customer") throw surveyNotFound();
  return head;
}

async function pageOf<Tx>(
  { workspaceNameOf, themeOf }: Context<Tx>,
  workspaceId: string,
  isOptedOut: boolean,
): Promise<OptOutPage> {
  const [workspaceName, theme] = await Promise.all([workspaceNameOf(workspaceId), themeOf(workspaceId)]);
  return { isOptedOut, workspaceName, theme };
}
