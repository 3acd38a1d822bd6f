import type { HeadChange } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, minute } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { mustWrite, rewritten, stored } from "../steps.ts";

const since = (suppressedAt: Date | null): HeadChange["cells"] => ({ kind: "customer", suppressedAt });

/** Customers who are not to be asked, as their list shows them. */
export const suppressedCases: readonly StorageCase[] = [
  {
    // S74
    id: "customers/suppressed/as-the-last-write-said",
    rule: "A customer is listed while the last write gave its cells a time, with version and document as they stand; without cells there is none.",
    async run({ storage, otherProcess }) {
      const { workspaceId } = aKey();
      const keyOf = (id: string) => aKey({ kind: "customer", workspaceId, id });
      await stored(storage.auto, keyOf("ann"), { cells: since(minute(1)) });
      await stored(storage.auto, keyOf("bob"), { cells: since(null) });
      await stored(storage.auto, keyOf("eve"), { cells: null });
      const listed = async () => {
        const { items } = await otherProcess.lists.suppressed(workspaceId, { limit: 10, cursor: null });
        return items.map(({ key, version }) => `${key.id} ${version}`);
      };
      expectEqual(await listed(), ["ann 1"], "at first");
      await rewritten(storage.auto, keyOf("bob"), { cells: since(minute(2)), state: { text: "second" } });
      await rewritten(storage.auto, keyOf("eve"), { cells: since(minute(0)) });
      const { items } = await storage.lists.suppressed(workspaceId, { limit: 1, cursor: null });
      expectEqual(items, [{ key: keyOf("bob"), version: 2, state: { text: "second" } }], "the latest one");
      expectEqual(await listed(), ["bob 2", "ann 1", "eve 2"], "all of them");
      await rewritten(storage.auto, keyOf("ann"), { cells: since(minute(3)) });
      await rewritten(storage.auto, keyOf("bob"), { cells: since(null) });
      await rewritten(storage.auto, keyOf("eve"), { cells: null });
      expectEqual(await listed(), ["ann 2"], "in the end");
    },
  },
  {
    id: "customers/suppressed/in-bulk",
    rule: "One write sets and takes back the times of 400 customers, stored and not, each its own.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const keys = Array.from({ length: 400 }, (_, place) =>
        aKey({ kind: "customer", workspaceId, id: `customer-${String(place).padStart(3, "0")}` }),
      );
      const half = keys.slice(0, 200).map((key) => aChange([aHead(key, { cells: since(minute(1)) })]));
      await mustWrite(storage.auto, ...half);
      await mustWrite(
        storage.auto,
        ...keys.map((key, place) =>
          aChange([
            aHead(key, {
              expected: place < 200 ? 1 : 0,
              cells: place % 4 === 0 ? since(minute(place)) : place % 4 === 1 ? null : since(null),
            }),
          ]),
        ),
      );
      const { items } = await storage.lists.suppressed(workspaceId, { limit: 500, cursor: null });
      expectEqual(
        items.map(({ key }) => key.id),
        keys
          .filter((_, place) => place % 4 === 0)
          .map(({ id }) => id)
          .toReversed(),
        "who is listed",
      );
    },
  },
];
