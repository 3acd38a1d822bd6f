import type { EndpointFailing, Health } from "../health.ts";
import type { Store, Trouble } from "../ports/store/store.ts";
import { compareText } from "../survey/compare-text.ts";
import type { Context } from "./context.ts";
import { endpointKey, failingSinceOf } from "./endpoint-outages.ts";

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
    receiverFailingSince: await sinceTheFirst(storage, byEndpoint(of("event"))),
    givenUpSince: givenUp.map(({ kind, ...trouble }) => ({
      what: kind === "ticket" ? "surveys" : "events",
      ...trouble,
    })),
  };
}

/** What waits tells of hours at most, for six attempts take no longer; the record of an outage tells of all of it. */
async function sinceTheFirst<Tx>(
  storage: Store<Tx>,
  waiting: readonly EndpointFailing[],
): Promise<readonly EndpointFailing[]> {
  const sorted = waiting.toSorted(
    (one, other) =>
      compareText(one.workspaceId, other.workspaceId) || compareText(one.endpointId, other.endpointId),
  );
  const heads = sorted.length === 0 ? [] : await storage.auto.read(sorted.map(endpointKey));
  return sorted.map((one, place) => {
    const head = heads[place];
    const since = head === undefined ? null : failingSinceOf(head);
    return since !== null && since < one.since ? { ...one, since } : one;
  });
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
