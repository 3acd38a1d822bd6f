import { type ExplainedEntry, journalWords } from "@csat/core";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { requiredOption } from "./parse-arguments.ts";
import { note, say } from "./terminal.ts";

/** Says why a ticket was, was not or is not yet surveyed. */
export const explain: Command = {
  name: "explain",
  argument: "TICKET",
  summary: "say why a ticket was, was not or is not yet surveyed",
  details: [
    "Prints every decision about the ticket's survey, oldest first, times in UTC, and from when on a customer who was not asked may be. Shows no address, comment or link.",
    "Exit code 1 when nothing is known about the ticket.",
  ],
  options: {
    workspace: { value: "ID", help: "the ticket's workspace (needed)" },
    json: { help: "print the entries as JSON" },
  },
  async run({ config, argument: ticketId, options, terminal }) {
    const workspaceId = requiredOption(options, "workspace");
    const entries = await config.csat.explain({ workspaceId, ticketId });
    if (options.isOn("json")) say(terminal, JSON.stringify(entries, null, 2));
    else if (entries.length === 0) {
      note(
        terminal,
        `Nothing is known about ticket ${ticketId} in workspace ${workspaceId}: its events never came here. Look at where your helpdesk calls ticketResolved, and at both ids.`,
      );
    }
    if (entries.length === 0) return exitCodes.findings;
    if (!options.isOn("json")) for (const entry of entries) say(terminal, lineOf(entry));
    return exitCodes.fine;
  },
};

function lineOf(entry: ExplainedEntry): string {
  const { at, event, reason, actorId, actorName, eligibleAt } = entry;
  const facts = [
    event,
    ...(reason === null ? [] : [reason]),
    ...(actorId === null ? [] : [`by ${actorName ?? actorId}`]),
  ];
  const { what, why } = journalWords(entry);
  const date = eligibleAt === undefined ? "" : `; ${datesOf(event)} ${eligibleAt.toISOString()}`;
  return `${at.toISOString()}  ${facts.join(" ").padEnd(36)}  ${what}${why === null ? "" : `: ${why}`}${date}.`;
}

/** A survey that was put off has a time of its own; a no has one from which on it is a yes. */
function datesOf(event: string): string {
  return event === "deferred" ? "goes out" : "may be asked from";
}
