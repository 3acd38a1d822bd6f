import { CsatError, type RangeInput } from "@csat/core";
import { answerWithMore, type OperatorAnswer, type OperatorCall } from "./call.ts";
import { type Fields, readFields } from "./read-fields.ts";
import { formOf, refusedForm } from "./settings-api.ts";
import { parseSettings } from "./settings-fields.ts";

/**
 * POST /api/settings/simulate — what the body's settings, JSON or form, over those that stand would have made of the
 * resolutions of `days` (7, 30 or 90; 30 when left out), or of `from` and `to`, both inside. Saves nothing.
 */
export async function simulateSettings(call: OperatorCall): Promise<OperatorAnswer> {
  const fields = await readFields(call.request, { accepted: "any" });
  try {
    return await simulationOf(call, fields);
  } catch (error) {
    if (fields.kind === "form") return refusedForm(call, fields, error);
    throw error;
  }
}

async function simulationOf(call: OperatorCall, fields: Fields): Promise<OperatorAnswer> {
  const { csat, principal } = call;
  const { kind, values } = fields;
  const isOfRange = ([name]: readonly [string, unknown]) => rangeFields.has(name);
  const change = parseSettings({ kind, values: new Map([...values].filter((field) => !isOfRange(field))) });
  const range = rangeIn({ kind, values: new Map([...values].filter(isOfRange)) });
  const simulation = await csat.simulatePolicy(principal.workspaceId, { change, range });
  return answerWithMore("settings-simulation", simulation, async () => ({
    simulation,
    typed: await formOf(call, fields),
  }));
}

const rangeFields: ReadonlySet<string> = new Set(["days", "from", "to"]);

const mostDays = 90;

function rangeIn({ kind, values }: Fields): RangeInput {
  // An empty field of a form says nothing.
  const given = Object.fromEntries([...values].filter(([, value]) => kind === "json" || value !== ""));
  const { from, to } = given;
  if (typeof from === "string" && typeof to === "string" && daysBetween(from, to) > mostDays)
    throw new CsatError("invalid_input", `Choose ${mostDays} days at most.`, {
      issues: [{ path: "from", message: `must be less than ${mostDays} days before to` }],
    });
  if (Object.keys(given).length === 0) return { days: 30 };
  const isDigits = kind === "form" && typeof given.days === "string" && /^\d{1,3}$/.test(given.days);
  const days = isDigits ? { days: Number(given.days) } : {};
  // The core judges ranges, and names what is wrong.
  return { ...given, ...days } as RangeInput;
}

/** Both inside; NaN for what is no date. */
function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}
