import type { Csat, OutboxEvent } from "@csat/core";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { progress } from "./progress.ts";
import { say } from "./terminal.ts";

/** Events of a workspace with deliveries that were given up, newest first, a page at a time. */
async function* deadEvents(csat: Csat<unknown>, workspaceId: string): AsyncGenerator<OutboxEvent> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof csat.listEvents>> = await csat.listEvents(workspaceId, {
      dead: true,
      limit: 200,
      ...(cursor === null ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** Lists events whose delivery was given up. */
export const dead: Command = {
  name: "dead",
  argument: "WORKSPACE",
  summary: "list the events whose delivery was given up",
  details: ["Newest first, with the endpoints and their last errors. Shows no rating and no comment."],
  options: { json: { help: "print one JSON object a line" } },
  async run({ config, argument: workspaceId, options, terminal }) {
    let count = 0;
    for await (const { id, createdAt, deliveries } of deadEvents(config.csat, workspaceId)) {
      count += 1;
      const gaveUp = deliveries.filter(({ state }) => state === "gave_up");
      const endpoints = gaveUp.map(({ endpointId, attempts, lastError }) => ({
        endpointId,
        attempts,
        lastError,
      }));
      if (options.isOn("json")) say(terminal, JSON.stringify({ id, createdAt, endpoints }));
      else {
        const words = endpoints.map(
          ({ endpointId, lastError }) => `${endpointId}: ${lastError ?? "no error"}`,
        );
        say(terminal, `${createdAt.toISOString()}  ${id}  ${words.join("; ") || "no endpoint was named"}`);
      }
    }
    if (!options.isOn("json")) say(terminal, `Events given up: ${count}.`);
    return count === 0 ? exitCodes.fine : exitCodes.findings;
  },
};

/** Delivers again what was given up. */
export const replay: Command = {
  name: "replay",
  argument: "WORKSPACE",
  summary: "deliver the events again that were given up, under their ids",
  details: [
    "All of the workspace, or those of --event. A worker delivers them; this command makes them due.",
  ],
  options: {
    event: { value: "ID", isList: true, help: "only this event; may be given several times" },
  },
  async run({ config, argument: workspaceId, options, terminal }) {
    const { csat } = config;
    const shown = progress(terminal, `Replaying events of ${workspaceId}`);
    let count = 0;
    let inVain = 0;
    const again = async (id: string) => {
      if (await csat.replayEvent(workspaceId, id)) count += 1;
      else inVain += 1;
    };
    try {
      const named = options.texts("event");
      for (const id of named) await again(id);
      if (named.length === 0) for await (const { id } of deadEvents(csat, workspaceId)) await again(id);
    } finally {
      shown.end();
    }
    say(
      terminal,
      `Events that are due again: ${count}.${inVain === 0 ? "" : ` Nothing to replay: ${inVain}.`}`,
    );
    return inVain === 0 ? exitCodes.fine : exitCodes.findings;
  },
};
