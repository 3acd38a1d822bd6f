import type { DatabaseState } from "../config.ts";
import { type DatabaseReading, lacksTables } from "./read-database.ts";
import { notChecked, ok, type Report } from "./report.ts";
import { why } from "./why.ts";

/** Can the database be reached? Are its tables those of the installed release? */
export function checkTables({ state, backlog }: DatabaseReading, timeoutMs: number): readonly Report[] {
  // A database that says that a table is missing was reached.
  const failed = state ?? (lacksTables(backlog) ? null : backlog);
  if (failed !== null && failed.kind !== "done") {
    return [
      {
        check: "database",
        status: "finding",
        code: "database_unreachable",
        message: `The database cannot be used: ${why(failed, timeoutMs)}.`,
        remedy: "Start it, and check the address, the login and the network between it and this machine.",
      },
      notChecked("schema", "The database was not reached."),
    ];
  }
  const reached = ok("database", "The database answers.");
  if (state?.kind === "done" && state.result.schemaVersion !== null) {
    return [reached, compared(state.result, state.result.schemaVersion)];
  }
  if (lacksTables(backlog)) {
    return [
      reached,
      {
        check: "schema",
        status: "finding",
        code: "schema_missing",
        message: "Tables or columns are missing.",
        remedy: "Run csat migrate, or bring your own migrations up to date with csatSchema of your storage.",
      },
    ];
  }
  const reason =
    state === null
      ? "The config has no database.inspect."
      : "Your own migrations made the tables: they have no version.";
  return [reached, notChecked("schema", reason)];
}

function compared({ expectedSchemaVersion: expected }: DatabaseState, version: number): Report {
  const check = "schema";
  if (version === expected) return ok(check, `The tables are at version ${version}.`);
  if (version > expected) {
    return {
      check,
      status: "finding",
      code: "schema_ahead",
      message: `The tables are at version ${version}; the installed packages know ${expected}.`,
      remedy: "Somebody migrated with a newer release. Install that release here, too.",
    };
  }
  return {
    check,
    status: "finding",
    code: version === 0 ? "schema_missing" : "schema_behind",
    message:
      version === 0
        ? "There are no tables."
        : `The tables are at version ${version}; the installed packages need ${expected}.`,
    remedy: "Run csat migrate.",
  };
}
