import type { Command } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { requiredOption } from "./parse-arguments.ts";
import { say } from "./terminal.ts";
import { usageError } from "./usage-error.ts";

/** Erases what is stored about a ticket. */
export const erase: Command = {
  name: "erase",
  argument: "TICKET",
  summary: "erase what is stored about a ticket, for ever",
  details: [
    "Answer, comment, journal, links and events go, and the answer leaves the figures. A tombstone without personal data",
    "keeps the ticket from being surveyed again. Nothing brings it back, hence --yes.",
  ],
  options: {
    workspace: { value: "ID", help: "the ticket's workspace (needed)" },
    yes: { help: "do it (needed)" },
  },
  async run({ config, argument: ticketId, options, terminal }) {
    const workspaceId = requiredOption(options, "workspace");
    if (!options.isOn("yes")) throw usageError("Nothing was erased. Add --yes: it cannot be undone.");
    await config.csat.eraseTickets([{ workspaceId, ticketId }]);
    say(terminal, `Ticket ${ticketId} of workspace ${workspaceId} is erased.`);
    return exitCodes.fine;
  },
};
