import type { Command } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { progress } from "./progress.ts";
import { say } from "./terminal.ts";

/** Rebuilds the counts behind the figures of a workspace from its answers and sends. */
export const recount: Command = {
  name: "recount",
  argument: "WORKSPACE",
  summary: "rebuild the counts behind a workspace's figures, and say which days were off",
  details: ["Counts stay right by themselves: use it after rows were changed by hand. Nobody waits for it."],
  options: {},
  async run({ config, argument: workspaceId, terminal }) {
    const shown = progress(terminal, `Recounting ${workspaceId}`);
    const days = await config.csat.recount(workspaceId).finally(shown.end);
    for (const { day, was, is } of days) say(terminal, `${day}  was ${was}, is ${is}`);
    say(terminal, days.length === 0 ? "All counts were right." : `Corrected days: ${days.length}.`);
    return exitCodes.fine;
  },
};
