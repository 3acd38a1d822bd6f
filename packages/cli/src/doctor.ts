import type { Call, Command } from "./command.ts";
import { backlogChecks, checkBacklog } from "./doctor/check-backlog.ts";
import { checkByHost, namesOfHostChecks } from "./doctor/check-by-host.ts";
import { checkClock } from "./doctor/check-clock.ts";
import { checkPublicUrl } from "./doctor/check-public-url.ts";
import { checkTables } from "./doctor/check-tables.ts";
import { readDatabase } from "./doctor/read-database.ts";
import { notChecked, type Report } from "./doctor/report.ts";
import { exitCodes } from "./exit-code.ts";
import { numberOption } from "./parse-arguments.ts";
import { progress } from "./progress.ts";
import { say } from "./terminal.ts";
import { usageError } from "./usage-error.ts";

/** Looks for what keeps surveys from leaving or answers from coming. Changes nothing. */
export const doctor: Command = {
  name: "doctor",
  argument: null,
  summary: "look for what is wrong, and say what to do about it",
  details: [
    "Checks the database, the schema, the clock, redis and smtp (as far as the config says how), publicUrl, what is",
    "late, what fails and what was given up. Changes nothing. Exit code 1 when there are findings.",
  ],
  options: {
    json: { help: "print the reports as JSON" },
    skip: { value: "CHECK", isList: true, help: "leave a check out; may be given several times" },
    overdue: { value: "MINUTES", help: "how long a due survey or event may wait; 1.5 by default" },
    timeout: { value: "SECONDS", help: "how long one check may take; 5 by default" },
  },
  async run(call) {
    const { terminal, options } = call;
    const shown = progress(terminal, "Looking");
    const reports = await lookAround(call).finally(shown.end);
    const isFine = reports.every(({ status }) => status !== "finding");
    if (options.isOn("json")) say(terminal, JSON.stringify({ ok: isFine, reports }, null, 2));
    else for (const report of reports) for (const line of linesOf(report)) say(terminal, line);
    return isFine ? exitCodes.fine : exitCodes.findings;
  },
};

async function lookAround({ config, options, now }: Call): Promise<readonly Report[]> {
  const timeoutMs = numberOption(options, { name: "timeout", least: 0.1, otherwise: 5 }) * 1_000;
  const overdueMs = numberOption(options, { name: "overdue", least: 0, otherwise: 1.5 }) * 60_000;
  const hostChecks = namesOfHostChecks(config);
  const skipped = options.texts("skip");
  const names = ["database", "schema", "clock", ...hostChecks, "publicUrl", ...backlogChecks];
  const unknown = skipped.find((name) => !names.includes(name));
  if (unknown !== undefined) throw usageError(`--skip takes ${names.join(", ")}; there is no "${unknown}".`);

  const askHost = hostChecks
    .filter((name) => !skipped.includes(name))
    .map((check) => checkByHost({ check, work: config.checks?.[check], timeoutMs }));
  const askPage = skipped.includes("publicUrl") ? [] : [checkPublicUrl(config.csat.publicUrl, timeoutMs)];
  const askDatabase = readDatabase(config, timeoutMs).then(async (reading) => [
    ...checkTables(reading, timeoutMs),
    await checkClock({ config, reading, now, timeoutMs }),
    ...checkBacklog({ backlog: reading.backlog, overdueMs }),
  ]);
  const reports = (await Promise.all([askDatabase, ...askHost, ...askPage])).flat();
  return names.map((name) => {
    const found = reports.find(({ check }) => check === name);
    return found === undefined || skipped.includes(name) ? notChecked(name, "It was left out.") : found;
  });
}

function linesOf(report: Report): readonly string[] {
  const words = { ok: "ok", finding: "FINDING", not_checked: "not checked" };
  const line = `${words[report.status].padEnd(11)}  ${report.check.padEnd(9)}  ${report.message}`;
  return report.status === "finding" ? [line, `${" ".repeat(24)}${report.remedy}`] : [line];
}
