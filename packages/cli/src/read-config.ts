import { type Csat, CsatError, type CsatIssue } from "@csat/core";
import type { CsatConfig } from "./config.ts";
import { backlogChecks } from "./doctor/check-backlog.ts";

/** Makes a config of what a file exports by default: the csat instance, or a config. @throws CsatError `invalid_config` */
export function readConfig(exported: unknown, fileName: string): CsatConfig {
  if (isCsat(exported)) return { csat: exported };
  if (!isObject(exported) || !isCsat(exported.csat)) {
    throw wrong(fileName, [
      {
        path: "csat",
        message: "must be what createCsat returned, as the default export or as its field csat",
      },
    ]);
  }
  const issues = [
    ...methods(exported, "database", ["migrate", "inspect"]),
    ...methods(exported, "mailer", ["send"]),
    ...functions(exported),
    ...unknownFields(exported),
  ];
  if (issues.length > 0) throw wrong(fileName, issues);
  // Every field was just looked at; what the functions take and return, only running them shows.
  return exported as unknown as CsatConfig;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for an instance of any copy of the core. */
function isCsat(value: unknown): value is Csat {
  const used = ["health", "explain", "previewEmail", "recount", "exportResponses"];
  return (
    isObject(value) &&
    typeof value.publicUrl === "string" &&
    used.every((method) => typeof value[method] === "function")
  );
}

function methods(
  config: Fields,
  path: "database" | "mailer",
  names: readonly string[],
): readonly CsatIssue[] {
  const group = config[path];
  if (group === undefined) return [];
  if (!isObject(group)) return [{ path, message: "must be an object" }];
  const given = names.filter((name) => group[name] !== undefined);
  const isOptional = path === "database";
  return (isOptional ? given : names)
    .filter((name) => typeof group[name] !== "function")
    .map((name) => ({ path: `${path}.${name}`, message: "must be a function" }));
}

function functions({ checks, close }: Fields): readonly CsatIssue[] {
  const issues: CsatIssue[] = [];
  if (close !== undefined && typeof close !== "function") {
    issues.push({ path: "close", message: "must be a function" });
  }
  if (checks === undefined) return issues;
  if (!isObject(checks)) return [...issues, { path: "checks", message: "must be an object of functions" }];
  for (const [name, check] of Object.entries(checks)) {
    const path = `checks.${name}`;
    if (check !== undefined && typeof check !== "function")
      issues.push({ path, message: "must be a function" });
    if (builtIn.includes(name)) issues.push({ path, message: "is the name of a check that doctor has" });
  }
  return issues;
}

const builtIn: readonly string[] = ["database", "schema", "clock", "publicUrl", ...backlogChecks];
const known: readonly string[] = ["csat", "database", "mailer", "checks", "close"];

// A misspelt field would silently be a check that never runs.
function unknownFields(config: Fields): readonly CsatIssue[] {
  return Object.keys(config)
    .filter((name) => !known.includes(name))
    .map((path) => ({ path, message: `is no field of a config; there are ${known.join(", ")}` }));
}

function wrong(fileName: string, issues: readonly CsatIssue[]): CsatError {
  const said = issues.map(({ path, message }) => `${path} ${message}`).join("; ");
  return new CsatError("invalid_config", `${fileName} exports no config: ${said}.`, { issues });
}
