import type { Csat, OutboxEvent, ReplayChoice } from "@csat/core";
import type { Command, GivenOptions } from "./command.ts";
import { exitCodes } from "./exit-code.ts";
import { progress } from "./progress.ts";
import { say } from "./terminal.ts";
import { usageError } from "./usage-error.ts";

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

/** Delivers again what was given up, or what a receiver took and lost. */
export const replay: Command = {
  name: "replay",
  argument: "WORKSPACE",
  summary: "deliver the events again that were given up, under their ids",
  details: [
    "All of the workspace, those of --event, or those of --from and --until. A worker delivers them; this command makes them due.",
  ],
  options: {
    event: { value: "ID", isList: true, help: "only this event; may be given several times" },
    from: { value: "TIME", help: "only events from this time on, 2026-11-27T09:00:00Z; with --until" },
    until: { value: "TIME", help: "only events before this time; with --from" },
    endpoint: { value: "ID", help: "only to this endpoint" },
    delivered: { help: "those that were taken, too; with --event, or --from and --until" },
  },
  async run({ config, argument: workspaceId, options, terminal }) {
    const { csat } = config;
    const choice = choiceOf(options);
    const window = windowOf(options);
    const named = options.texts("event");
    if (window !== null && named.length > 0) throw usageError("Give --event, or --from and --until.");
    if (choice.delivered === true && window === null && named.length === 0)
      throw usageError("--delivered needs --event, or --from and --until: it sends again what was taken.");
    const shown = progress(terminal, `Replaying events of ${workspaceId}`);
    let count = 0;
    let inVain = 0;
    const again = async (id: string) => {
      if (await csat.replayEvent(workspaceId, id, choice)) count += 1;
      else inVain += 1;
    };
    try {
      for (const id of named) await again(id);
      if (window !== null) count = await csat.replayEvents(workspaceId, { ...choice, ...window });
      else if (named.length === 0)
        for await (const { id, deliveries } of deadEvents(csat, workspaceId)) {
          const { endpointId = null } = choice;
          const isChosen = (one: (typeof deliveries)[number]) =>
            one.endpointId === endpointId && one.state === "gave_up";
          if (endpointId === null || deliveries.some(isChosen)) await again(id);
        }
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

function choiceOf(options: GivenOptions): ReplayChoice {
  const endpointId = options.text("endpoint");
  return { delivered: options.isOn("delivered"), ...(endpointId === null ? {} : { endpointId }) };
}

function windowOf(options: GivenOptions): { readonly from: Date; readonly until: Date } | null {
  const [from, until] = [options.text("from"), options.text("until")];
  if (from === null && until === null) return null;
  return { from: timeOf("from", from), until: timeOf("until", until) };
}

// A time without a zone would be this machine's.
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

function timeOf(name: string, text: string | null): Date {
  const time = new Date(text !== null && timePattern.test(text) ? text : Number.NaN);
  if (!Number.isNaN(time.getTime())) return time;
  throw usageError(
    `--${name} must be a time such as 2026-11-27T09:00:00Z, and --from and --until go together.`,
  );
}
