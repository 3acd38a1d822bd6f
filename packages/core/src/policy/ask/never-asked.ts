import { emailChannel } from "../../survey/destination.ts";
import { normalAddress } from "../../survey/normal-address.ts";

/** Who would be asked, and who worked on the ticket. */
export interface Requester {
  readonly channel: string;
  /** Where the survey would go. */
  readonly address: string;
  /** The operator that the customer is, by the host's word; null when it is none, or unknown. */
  readonly operatorId: string | null;
  /** The resolver and the assignee, as far as they are known. */
  readonly operators: readonly { readonly id: string | null; readonly email: string | null }[];
}

/** Which of the two kinds is never asked; both are, by default. */
export interface NeverAsked {
  readonly roleAddresses: boolean;
  readonly oneself: boolean;
}

// Nobody reads them, or a machine does; mail to the last five may come back and start a loop.
const roles: ReadonlySet<string> = new Set([
  "noreply",
  "donotreply",
  "mailerdaemon",
  "postmaster",
  "bounce",
  "bounces",
]);

/** Why this requester is never asked (S65); null when nothing of it speaks against. */
export function whyNeverAsked(
  requester: Requester,
  { roleAddresses = true, oneself = true }: Partial<NeverAsked> = {},
): "role_address" | "asked_oneself" | null {
  if (roleAddresses && requester.channel === emailChannel && isRole(requester.address)) return "role_address";
  return oneself && isOneself(requester) ? "asked_oneself" : null;
}

function isRole(address: string): boolean {
  const normal = normalAddress(address);
  const [localPart = ""] = normal.slice(0, Math.max(normal.lastIndexOf("@"), 0)).split("+", 1);
  // Quotes stand around a local part whose dots ask for them.
  return roles.has(localPart.replace(/[._"-]/g, ""));
}

function isOneself({ address, operatorId, operators }: Requester): boolean {
  const known = normalAddress(address);
  return operators.some(
    ({ id, email }) =>
      (isGiven(id) && id === operatorId) || (isGiven(email) && normalAddress(email) === known),
  );
}

/** Two blanks are not the same person. */
function isGiven(text: string | null): text is string {
  return text !== null && text.trim() !== "";
}
