import type { FailReason } from "@csat/core";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { progress } from "./progress.ts";
import { say } from "./terminal.ts";

/** Sends again what was given up in a workspace whose mail works again. */
export const retryFailed: Command = {
  name: "retry-failed",
  argument: "WORKSPACE",
  summary: "send the surveys again that were given up while mail did not work",
  details: [
    "Never what may have reached anybody. What is older than maxLatenessMs (7 days) is skipped as expired.",
    "A worker sends them; this command makes them due.",
  ],
  options: {
    reason: {
      value: "REASON",
      isList: true,
      help: "attempts_used_up by default, or refused once the address was corrected; may be given several times",
    },
  },
  async run({ config, argument: workspaceId, options, terminal }) {
    // What is no reason is refused by the call, which lists the reasons.
    const reasons = options.texts("reason") as readonly FailReason[];
    const shown = progress(terminal, `Looking for given-up surveys of ${workspaceId}`);
    const count = await config.csat
      .retryFailed(workspaceId, reasons.length === 0 ? {} : { reasons })
      .finally(shown.end);
    say(terminal, `Surveys that are due again: ${count}.`);
    return exitCodes.fine;
  },
};
