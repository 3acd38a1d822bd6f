import type { Key } from "../ports/store/head.ts";
import { hashToken } from "../survey/token.ts";
import type { Beside } from "./ticket-change.ts";

/**
 * What stands beside a ticket once its mail, or its links, may have reached the customer: what opens the survey, what opts
 * out, and how the ticket is found by its customer and by reports of its mails. Without a customer who is known by
 * anything there is nobody to opt out.
 */
export async function besideSend({
  key,
  surveyId,
  token,
  optOutToken,
  customers,
}: {
  /** Of the ticket. */
  readonly key: Key;
  readonly surveyId: string;
  readonly token: string;
  readonly optOutToken: string;
  /** That by which the customer is known first comes first. */
  readonly customers: readonly { readonly key: Key }[];
}): Promise<Pick<Beside, "tokens" | "customers">> {
  const [first] = customers;
  const survey = { hash: await hashToken(token), key };
  const mail = { hash: await hashToken(surveyId, "mail"), key };
  const optOut =
    first === undefined ? [] : [{ hash: await hashToken(optOutToken, "opt_out"), key: first.key }];
  return { tokens: [survey, mail, ...optOut], customers: customers.map(({ key: { id } }) => id) };
}
