import { CsatError, isCsatError } from "@csat/core";
import type { CheckedOptions } from "./check-options.ts";
import type { Action, Principal } from "./handler-options.ts";

/**
 * Asks the host who is calling and holds the answer against the action. Whatever is not clearly allowed is refused.
 * @throws CsatError `unauthorized`, `forbidden`; an Error when the host's answer cannot be used
 */
export async function authorize(
  request: Request,
  action: Action,
  options: CheckedOptions,
): Promise<Principal> {
  const principal = await ask(request, action, options);
  if (principal === null || principal === undefined) {
    throw new CsatError("unauthorized", "Sign in first.");
  }
  if (principal === "forbidden") throw new CsatError("forbidden", "You may not do this.");
  const wrong = whatIsWrongWith(principal, action);
  if (wrong !== null) throw new CsatError("invalid_answer", `authorize answered out of shape: ${wrong}.`);
  if (!rolesFor[action.kind].includes(principal.role)) {
    throw new CsatError("forbidden", refusals[action.kind]);
  }
  return principal;
}

/**
 * True when whoever asks may also do this: for what a view offers. The host is asked only where the role does not forbid
 * it already; one that throws is reported, and allows nothing.
 */
export async function mayAlso(
  request: Request,
  { principal, action }: { readonly principal: Principal; readonly action: Action },
  options: CheckedOptions,
): Promise<boolean> {
  if (!rolesFor[action.kind].includes(principal.role)) return false;
  try {
    const { workspaceId } = await authorize(request, action, options);
    return workspaceId === principal.workspaceId;
  } catch (error) {
    if (!isCsatError(error, "unauthorized") && !isCsatError(error, "forbidden")) options.report(error);
    return false;
  }
}

// A role that is none of ours is no mistake: hosts have more of them, and those may do nothing here.
function whatIsWrongWith(principal: Principal, { kind }: Action): string | null {
  const { workspaceId, userId, role }: Partial<Record<keyof Principal, unknown>> = Object(principal);
  if (!isId(workspaceId)) return "workspaceId must be text of 1–200 characters without control characters";
  // Left out it would ask for everybody's answers.
  if (kind === "own_analytics" && !isId(userId))
    return "userId must be text of 1–200 characters without control characters";
  return typeof role === "string" ? null : "role must be owner, admin or operator";
}

function isId(value: unknown): boolean {
  return typeof value === "string" && /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(value);
}

const everyRole: readonly Principal["role"][] = ["owner", "admin", "operator"];
const admins: readonly Principal["role"][] = ["owner", "admin"];

const rolesFor = {
  ticket: everyRole,
  links: everyRole,
  answers: everyRole,
  asking: everyRole,
  exclusions: admins,
  settings: admins,
  analytics: admins,
  own_analytics: everyRole,
  webhooks: admins,
  customers: admins,
};

const refusals = {
  ticket: "You may not see this ticket.",
  links: "You may not ask for links to this ticket's survey.",
  answers: "You may not record an answer for this ticket.",
  asking: "You may not say whether this ticket's customer is asked.",
  exclusions: "Only owners and admins say which answers count.",
  settings: "Only owners and admins see or change settings.",
  own_analytics: "You may not see figures of your own.",
  analytics: "Only owners and admins see analytics.",
  webhooks: "Only owners and admins see webhooks.",
  customers: "Only owners and admins see or change what stands of customers.",
};

// Hosts written in JavaScript forget a `return`: undefined is nobody.
async function ask(
  request: Request,
  action: Action,
  options: CheckedOptions,
): Promise<Principal | "forbidden" | null | undefined> {
  try {
    return await options.authorize(request, action);
  } catch (cause) {
    // Wrapped: even a CsatError of the host's must not choose our answer.
    throw new Error("authorize threw.", { cause });
  }
}
