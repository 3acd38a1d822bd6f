import type { Health } from "../health.ts";
import type { Trouble } from "../ports/store/store.ts";
import type { Context } from "./context.ts";

/** What waits, since when, why, and what was given up. @throws CsatError `storage_failed` */
export async function health<Tx>({ storage, clock }: Context<Tx>): Promise<Health> {
  const readAt = clock.now();
  const { failing, givenUp, ...counts } = await storage.backlog(readAt);
  const of = (wanted: Trouble["kind"]) => failing.filter(({ kind }) => kind === wanted);
  return {
    ...counts,
    readAt,
    mailFailingSince: of("ticket").map(({ workspaceId, reason, since }) => ({
      workspaceId,
      channel: reason,
      since,
    })),
    receiverFailingSince: byEndpoint(of("event")),
    givenUpSince: givenUp.map(({ kind, ...trouble }) => ({
      what: kind === "ticket" ? "surveys" : "events",
      ...trouble,
    })),
  };
}

/** Events that wait for several endpoints count for each of them. */
function byEndpoint(troubles: readonly Trouble[]): Health["receiverFailingSince"] {
  const found = new Map<string, Health["receiverFailingSince"][number]>();
  for (const { workspaceId, reason, since } of troubles) {
    // Written by event-document.ts.
    for (const endpointId of JSON.parse(reason) as readonly string[]) {
      const key = JSON.stringify([workspaceId, endpointId]);
      const known = found.get(key);
      if (known === undefined || since < known.since) found.set(key, { workspaceId, endpointId, since });
    }
  }
  return [...found.values()];
}
