import {
  type ByReason,
  isCsatError,
  journalWords,
  type PolicySimulation,
  type RangeInput,
  type WorkspaceSettings,
} from "@csat/core";
import type { Call, Command, GivenOptions } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { requiredOption } from "./parse-arguments.ts";
import { progress } from "./progress.ts";
import { say } from "./terminal.ts";
import { usageError } from "./usage-error.ts";

/** Shows whom a workspace asks, and tries other settings on past days before anybody switches them on. */
export const policy: Command = {
  name: "policy",
  argument: "show|try",
  summary: "show whom a workspace asks, or try other settings on past days",
  details: [
    "show prints the settings that say whom to ask and when links end. try prints what they, or those given here, would have made of the",
    "tickets that were resolved on past days. Both change nothing.",
  ],
  options: {
    workspace: { value: "ID", help: "the workspace (needed)" },
    "cooldown-days": { value: "DAYS", help: "try: not asked again so many days after being asked, 0 to 365" },
    "answer-cooldown-days": { value: "DAYS", help: "try: nor so many days after an answer, 0 to 365" },
    percent: { value: "PERCENT", help: "try: ask about so many of a hundred tickets, 1 to 100" },
    days: { value: "DAYS", help: "try: on the last 7, 30 or 90 days; 30 by default" },
    from: { value: "DATE", help: "try: or from this day on, as 2026-01-31" },
    to: { value: "DATE", help: "try: to this day, itself included" },
    json: { help: "print JSON" },
  },
  async run(call) {
    if (call.argument === "show") return await show(call);
    if (call.argument === "try") return await tryOut(call);
    throw usageError(`Write csat policy show or csat policy try, and not "${call.argument}".`);
  },
};

async function show({ config, options, terminal }: Call): Promise<ExitCode> {
  const settings = await config.csat.getSettings(requiredOption(options, "workspace"));
  say(terminal, options.isOn("json") ? JSON.stringify(policyOf(settings), null, 2) : linesOf(settings));
  return exitCodes.fine;
}

function policyOf({
  enabled,
  cooldownDays,
  answerCooldownDays,
  samplePercent,
  linkExpiryDays,
}: WorkspaceSettings) {
  return { enabled, cooldownDays, answerCooldownDays, samplePercent, linkExpiryDays };
}

function linesOf(settings: WorkspaceSettings): string {
  const { enabled, cooldownDays, answerCooldownDays, samplePercent, linkExpiryDays } = settings;
  const after = (days: number) => (days === 0 ? "no limit" : `not again within ${counted(days, "day")}`);
  return [
    `Surveys                ${enabled ? "on" : "off"}`,
    `After being asked      ${after(cooldownDays)}`,
    `After an answer        ${after(answerCooldownDays)}`,
    `Of a hundred tickets   ${samplePercent}`,
    `Links end              ${linkExpiryDays === null ? "never" : `after ${counted(linkExpiryDays, "day")}`}`,
  ].join("\n");
}

async function tryOut({ config, options, terminal }: Call): Promise<ExitCode> {
  const workspaceId = requiredOption(options, "workspace");
  const request = { change: changeOf(options), range: rangeOf(options) };
  const shown = progress(terminal, `Trying it on the history of ${workspaceId}`);
  const simulated = await config.csat
    .simulatePolicy(workspaceId, request, ({ share }) => shown.show(`${Math.floor(share * 100)} %`))
    .catch(inWordsOfOptions)
    .finally(shown.end);
  say(terminal, options.isOn("json") ? JSON.stringify(simulated, null, 2) : reportOf(simulated));
  return exitCodes.fine;
}

const settingOf = {
  "cooldown-days": "cooldownDays",
  "answer-cooldown-days": "answerCooldownDays",
  percent: "samplePercent",
} as const;

function changeOf(options: GivenOptions): Partial<WorkspaceSettings> {
  const given = Object.entries(settingOf).flatMap(([name, setting]) => {
    const number = wholeNumber(options, name);
    return number === null ? [] : [[setting, number] as const];
  });
  return Object.fromEntries(given);
}

function rangeOf(options: GivenOptions): RangeInput {
  const days = wholeNumber(options, "days");
  const [from, to] = [options.text("from"), options.text("to")];
  if (days === null && from === null && to === null) return { days: 30 };
  const given = {
    ...(days === null ? {} : { days }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
  // The core judges ranges, half and double ones included, and names what is wrong.
  return given as RangeInput;
}

/** Null when it is not given. */
function wholeNumber(options: GivenOptions, name: string): number | null {
  const text = options.text(name);
  if (text === null) return null;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw usageError(`--${name} must be a whole number, such as 30.`);
}

/** What the core says of a setting is said of its option. */
function inWordsOfOptions(error: unknown): never {
  if (!isCsatError(error, "invalid_input")) throw error;
  const said = error.issues.map(({ path, message }) => {
    const [option] = Object.entries(settingOf).find(([, setting]) => setting === path) ?? [path];
    return `--${option} ${message}`;
  });
  throw usageError(said.length === 0 ? error.message : `${said.join("; ")}.`);
}

function reportOf(simulated: PolicySimulation): string {
  const { from, to, resolved, sent, unknown, waiting, customersAsked, customersAskedAgain } = simulated;
  const skipped = totalOf(simulated.skipped);
  return [
    `${from} to ${to}: of ${counted(resolved, "resolved ticket")}, ${sent} would have been asked about.`,
    ...(skipped === 0 ? [] : [`Not asked: ${skipped}`, ...rows(simulated.skipped, "skipped")]),
    ...section("Canceled", simulated.canceled),
    ...section("Could not be sent", simulated.failed),
    ...(unknown === 0 ? [] : [`Nothing was recorded to decide by: ${unknown}`]),
    ...(waiting === 0 ? [] : [`Would still wait: ${waiting}`]),
    `Customers asked: ${customersAsked}, of them more than once: ${customersAskedAgain}`,
  ].join("\n");
}

function section(title: string, reasons: ByReason): readonly string[] {
  const total = totalOf(reasons);
  return total === 0 ? [] : [`${title}: ${total}`, ...rows(reasons, "canceled")];
}

/** The most frequent reason first. */
function rows(reasons: ByReason, event: "skipped" | "canceled"): readonly string[] {
  return Object.entries(reasons)
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) => {
      const { why } = journalWords({ event, reason, actorId: null });
      return `  ${String(count).padStart(7)}  ${reason}${why === null || why === reason ? "" : `: ${why}`}`;
    });
}

function totalOf(reasons: ByReason): number {
  return Object.values(reasons).reduce((sum, count) => sum + count, 0);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
