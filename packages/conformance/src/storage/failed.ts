import type { FailedQuery } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aKey, givenUp, minute, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claimedIds, rewritten, stored } from "../steps.ts";

type Store = Parameters<StorageCase["run"]>[0]["storage"];

async function failedIds(storage: Store, query: Partial<FailedQuery> = {}): Promise<readonly string[]> {
  const asked = {
    workspaceId: "acme",
    since: null,
    reasons: ["refused"],
    limit: 100,
    cursor: null,
    ...query,
  };
  const { items } = await storage.lists.failed(asked);
  return items.map(({ ticketId }) => ticketId);
}

const ticket = (id: string) => aKey({ workspaceId: "acme", id });

/** Surveys that were given up. */
export const failedCases: readonly StorageCase[] = [
  {
    id: "failed/what-was-given-up",
    rule: "Tickets whose survey was given up are listed with workspace and id, and neither what waits nor events.",
    async run({ storage, otherProcess }) {
      await stored(storage.auto, ticket("failed"), { due: givenUp() });
      await stored(storage.auto, ticket("waits"), { due: waiting() });
      await stored(storage.auto, ticket("settled"), { due: null });
      await stored(storage.auto, aKey({ workspaceId: "globex", id: "other" }), { due: givenUp() });
      await stored(storage.auto, aKey({ kind: "event", workspaceId: "acme", id: "event" }), {
        due: givenUp(),
      });
      const page = { workspaceId: "acme", since: null, reasons: ["refused"], limit: 10, cursor: null };
      expectEqual(
        await otherProcess.lists.failed(page),
        { items: [{ workspaceId: "acme", ticketId: "failed" }], nextCursor: null },
        "the page",
      );
    },
  },
  {
    id: "failed/by-reasons",
    rule: "Only the reasons that are asked for are listed; none at all list nothing.",
    async run({ storage }) {
      const reasons = ["refused", "attempts_used_up", "indeterminate", "Refused", "refused "];
      for (const [place, reason] of reasons.entries())
        await stored(storage.auto, ticket(reason), { due: givenUp(reason, minute(place)) });
      expectEqual(await failedIds(storage, { reasons: ["refused"] }), ["refused"], "one reason");
      const two = ["indeterminate", "refused"];
      expectEqual(await failedIds(storage, { reasons: two }), ["refused", "indeterminate"], "two reasons");
      expectEqual(await failedIds(storage, { reasons: [] }), [], "no reason");
      expectEqual(await failedIds(storage, { reasons: ["unknown", "'"] }), [], "reasons that nobody gave");
    },
  },
  {
    id: "failed/since",
    rule: "`since` keeps what was given up at that millisecond or later; null keeps all.",
    async run({ storage }) {
      const at = minute(70);
      for (const offset of [-1, 0, 1]) {
        const failedAt = new Date(at.getTime() + offset);
        await stored(storage.auto, ticket(`at ${offset}`), { due: givenUp("refused", failedAt) });
      }
      expectEqual(await failedIds(storage, { since: at }), ["at 0", "at 1"], "since then");
      expectEqual(await failedIds(storage), ["at -1", "at 0", "at 1"], "all");
    },
  },
  {
    id: "failed/until-it-is-retried",
    rule: "A ticket leaves the list when something is due again or nothing is, and comes back with the reason that it was given up for last.",
    async run({ storage }) {
      const key = await stored(storage.auto, ticket("one"), { due: givenUp() });
      await rewritten(storage.auto, key);
      expectEqual(await failedIds(storage), ["one"], "after a write that leaves it as it is");
      await rewritten(storage.auto, key, { due: waiting() });
      expectEqual(
        [await failedIds(storage), await claimedIds(storage.auto)],
        [[], ["one"]],
        "listed and claimed",
      );
      await rewritten(storage.auto, key, { due: givenUp("indeterminate") });
      expectEqual(await failedIds(storage), [], "listed as refused");
      expectEqual(
        await failedIds(storage, { reasons: ["indeterminate"] }),
        ["one"],
        "listed as indeterminate",
      );
      await rewritten(storage.auto, key, { due: null });
      expectEqual(await failedIds(storage, { reasons: ["indeterminate"] }), [], "listed after the end");
    },
  },
];
