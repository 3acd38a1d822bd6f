import { CsatError, type CsatIssue, type SendDelay, type WorkspaceSettings } from "@csat/core";
import type { Fields } from "./read-fields.ts";

type Change = { -readonly [Name in keyof WorkspaceSettings]?: WorkspaceSettings[Name] };

/**
 * The last field of the settings form. A browser sends a switched-off checkbox by leaving it out; only a form that came
 * to its end can say that by silence.
 */
const marker = { name: "form", value: "settings" };

/** True when the form came whole: its last field is there, with its value. */
export function isWholeForm({ values }: Fields): boolean {
  return values.get(marker.name) === marker.value;
}

/**
 * The settings in a body, with the right types; their contents are the core's to judge. A body may leave fields out; in
 * a form that came whole a missing `enabled` means off. A form may also carry `return` and fields that start with an
 * underscore, which hosts add for themselves.
 * @throws CsatError `invalid_input`, an issue for every wrong or unknown field
 */
export function parseSettings(fields: Fields): Partial<WorkspaceSettings> {
  const { kind, values } = fields;
  const change: Change = kind === "form" && isWholeForm(fields) ? { enabled: false } : {};
  const issues: CsatIssue[] = [];
  for (const [path, value] of values) {
    if (kind === "form" && isNoSetting(path)) continue;
    const message = put(change, path, kind === "form" ? typed(path, value) : value);
    if (message !== null) issues.push({ path, message });
  }
  if (issues.length === 0) return change;
  throw new CsatError("invalid_input", "The settings were not changed: see the issues.", { issues });
}

/** The settings of a form that is to be saved. @throws CsatError `invalid_input`, also when the form did not come whole */
export function parseSettingsForm(fields: Fields): Partial<WorkspaceSettings> {
  if (isWholeForm(fields)) return parseSettings(fields);
  throw new CsatError("invalid_input", "The form did not arrive whole, and nothing was changed.", {
    issues: [{ path: marker.name, message: `must be ${marker.value}, in the last field of the form` }],
  });
}

function isNoSetting(path: string): boolean {
  return path === marker.name || path === "return" || path.startsWith("_");
}

const delays: readonly SendDelay[] = ["immediately", "1_hour", "24_hours", "3_days"];

// Puts one field where it belongs; answers what is wrong with it, or null.
function put(change: Change, path: string, value: unknown): string | null {
  switch (path) {
    case "enabled":
      if (typeof value !== "boolean") return "must be true or false";
      change.enabled = value;
      return null;
    case "sendDelay": {
      const delay = delays.find((known) => known === value);
      if (delay === undefined) return `must be one of ${delays.join(", ")}`;
      change.sendDelay = delay;
      return null;
    }
    case "subject":
    case "bodyIntro":
      if (value !== null && typeof value !== "string") return "must be text, or null for the default";
      change[path] = value;
      return null;
    case "cooldownDays":
    case "answerCooldownDays":
    case "samplePercent":
      if (typeof value !== "number") return "must be a whole number, such as 30";
      change[path] = value;
      return null;
    case "linkExpiryDays":
      if (value !== null && typeof value !== "number") return "must be a whole number, such as 30, or null";
      change.linkExpiryDays = value;
      return null;
    default:
      return `is unknown; known are ${known.join(", ")}`;
  }
}

const known = [
  "enabled",
  "sendDelay",
  "subject",
  "bodyIntro",
  "cooldownDays",
  "answerCooldownDays",
  "samplePercent",
  "linkExpiryDays",
] as const satisfies readonly (keyof WorkspaceSettings)[];

/** What a form's text stands for: a form knows neither switches nor numbers. What is neither stays what it is. */
function typed(path: string, value: unknown): unknown {
  switch (path) {
    case "enabled":
      if (value === "on" || value === "true") return true;
      return value === "off" || value === "false" ? false : value;
    case "cooldownDays":
    case "answerCooldownDays":
    case "samplePercent":
      return numberIn(value);
    case "linkExpiryDays":
      return value === "" ? null : numberIn(value);
    default:
      return value;
  }
}

// Number() would read "", " 7 ", "1e2" and "0x1f" as well.
function numberIn(value: unknown): unknown {
  return typeof value === "string" && /^\d{1,3}$/.test(value) ? Number(value) : value;
}
