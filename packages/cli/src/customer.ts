import { resolve } from "node:path";
import { type CustomerRef, journalWords, type StandingSuppression, type SuppressionReason } from "@csat/core";
import type { Call, Command, GivenOptions } from "./command.ts";
import { type ExitCode, exitCodes } from "./exit-code.ts";
import { requiredOption } from "./parse-arguments.ts";
import { note, say } from "./terminal.ts";
import { usageError } from "./usage-error.ts";
import { writeNewFile } from "./write-new-file.ts";

/** What stands of one customer, who is named by address or id. Nothing that is printed repeats an address. */
export const customer: Command = {
  name: "customer",
  argument: "show|suppress|lift|export|erase",
  summary: "show or change whether a customer is asked; export or erase a person's data",
  details: [
    "show prints what keeps the customer from being asked, suppress has nobody ask them, lift takes one reason back.",
    "export prints all that is stored about the person, comments included: keep it accordingly. erase erases every ticket",
    "that was begun for them, for ever, hence --yes.",
  ],
  options: {
    workspace: { value: "ID", help: "the workspace (needed)" },
    address: { value: "ADDRESS", help: "the customer's address" },
    id: { value: "ID", help: "the customer's id, as your tickets give it" },
    key: { value: "KEY", help: "the key under which a list of suppressed customers shows them" },
    by: { value: "ID", help: "suppress, lift: who does it (needed)" },
    reason: {
      value: "REASON",
      help: "lift: opted_out, bounced, complained or by_hand (needed); suppress: by_hand by default",
    },
    "consent-given": {
      value: "TIME",
      help: "lift: when the customer agreed to be asked again, as 2026-01-31; needed for opted_out",
    },
    out: {
      value: "FILE",
      help: "export: the file to write, which must not be there yet; by default standard output",
    },
    ticket: { value: "ID", isList: true, help: "erase: this ticket, too; may be given several times" },
    yes: { help: "erase: do it (needed)" },
    json: { help: "show: print JSON" },
  },
  async run(call) {
    const act = Object.hasOwn(acts, call.argument) ? acts[call.argument] : undefined;
    if (act === undefined) {
      const known = Object.keys(acts).join(", ");
      throw usageError(`Write one of ${known} behind csat customer, and not "${call.argument}".`);
    }
    return await act(call);
  },
};

const acts: Readonly<Record<string, (call: Call) => Promise<ExitCode>>> = {
  show,
  suppress,
  lift,
  export: exportPerson,
  erase: erasePerson,
};

async function show({ config, options, terminal }: Call): Promise<ExitCode> {
  const workspaceId = requiredOption(options, "workspace");
  const standing = await config.csat.suppressionsOf(workspaceId, whoIn(options));
  if (options.isOn("json")) say(terminal, JSON.stringify(standing, null, 2));
  else if (standing.length === 0) say(terminal, "Nothing keeps this customer from being asked.");
  else for (const one of standing) say(terminal, lineOf(one));
  return exitCodes.fine;
}

function lineOf({ reason, at, actorId }: StandingSuppression): string {
  const { why } = journalWords({ event: "skipped", reason, actorId });
  const facts = actorId === null ? reason : `${reason} by ${actorId}`;
  return `${at.toISOString()}  ${facts.padEnd(24)}  ${why ?? reason}.`;
}

async function suppress({ config, options, terminal }: Call): Promise<ExitCode> {
  const workspaceId = requiredOption(options, "workspace");
  const reason = options.text("reason");
  const by = {
    actorId: requiredOption(options, "by"),
    // What is none the core refuses, with those that there are.
    ...(reason === null ? {} : { reason: reason as SuppressionReason }),
  };
  await config.csat.suppress(workspaceId, whoIn(options), by);
  say(terminal, "This customer is not asked any more.");
  return exitCodes.fine;
}

async function lift({ config, options, terminal }: Call): Promise<ExitCode> {
  const workspaceId = requiredOption(options, "workspace");
  const consentGivenAt = timeIn(options, "consent-given");
  const by = {
    actorId: requiredOption(options, "by"),
    // What is none the core refuses, with those that there are.
    reason: requiredOption(options, "reason") as SuppressionReason,
    ...(consentGivenAt === null ? {} : { consentGivenAt }),
  };
  const stood = await config.csat.lift(workspaceId, whoIn(options), by);
  if (stood) say(terminal, `Lifted: ${by.reason}.`);
  else note(terminal, `Nothing was lifted: ${by.reason} does not stand of this customer.`);
  return stood ? exitCodes.fine : exitCodes.findings;
}

async function exportPerson({ config, options, terminal, folder }: Call): Promise<ExitCode> {
  const workspaceId = requiredOption(options, "workspace");
  const all = await config.csat.exportCustomer(workspaceId, whoIn(options));
  const text = JSON.stringify(all, null, 2);
  const out = options.text("out");
  if (out === null) {
    // On a screen too it stays JSON: what a terminal obeys is written as JSON's own escapes.
    say(terminal, text);
    return exitCodes.fine;
  }
  await writeNewFile(linesOf(text), resolve(folder, out));
  note(terminal, `${all.tickets.length} tickets written to ${out}.`);
  return exitCodes.fine;
}

async function* linesOf(text: string): AsyncGenerator<string> {
  yield `${text}\n`;
}

async function erasePerson({ config, options, terminal }: Call): Promise<ExitCode> {
  const workspaceId = requiredOption(options, "workspace");
  if (!options.isOn("yes")) throw usageError("Nothing was erased. Add --yes: it cannot be undone.");
  const who = { ...whoIn(options), ticketIds: options.texts("ticket") };
  const erased = await config.csat.eraseCustomer(workspaceId, who);
  say(terminal, `Tickets that are erased: ${erased}.`);
  return exitCodes.fine;
}

/** Whoever names nobody is told so by the core. An empty one names nobody, and never somebody else by what is left. */
function whoIn(options: GivenOptions): CustomerRef {
  const named = (["address", "id", "key"] as const).flatMap((name) => {
    const text = options.text(name);
    if (text === "") throw usageError(`--${name} is empty.`);
    return text === null ? [] : [[name, text] as const];
  });
  return Object.fromEntries(named);
}

// A time without a zone would be this machine's; a day is one in UTC.
const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Null when it is not given. */
function timeIn(options: GivenOptions, name: string): Date | null {
  const text = options.text(name);
  if (text === null) return null;
  const time = isoTime.test(text) ? new Date(text) : null;
  if (time !== null && !Number.isNaN(time.getTime())) return time;
  throw usageError(`--${name} must be a day or a time with its zone, such as 2026-01-31T09:00:00Z.`);
}
