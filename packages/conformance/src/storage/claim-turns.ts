import type { Key } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import { aChange, aHead, aKey, minute, someKeys, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claim, mustWrite } from "../steps.ts";

/** Ends a transaction of a case, so that the next round starts from nothing. */
const rolledBack = new Error("rolled back");

/** Tickets that are due one minute after the other, the first at minute `from`. */
function dueOneByOne(keys: readonly Key[], from: number) {
  return keys.map((key, place) => aChange([aHead(key, { due: waiting(minute(from + place)) })]));
}

/** `count` due tickets in each of these workspaces, the oldest in the first. */
function dueIn(workspaces: readonly (readonly [string, number])[]) {
  return workspaces
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([workspaceId, count]) => dueOneByOne(someKeys(count, { workspaceId }), 0));
}

/** The workspaces of what such a claim leases, in its order. */
async function turns(session: Parameters<typeof claim>[0], given: Parameters<typeof claim>[1]) {
  return (await claim(session, { now: minute(5000), ...given })).map(({ head }) => head.key.workspaceId);
}

/** Whose turn it is. */
export const claimTurnsCases: readonly StorageCase[] = [
  {
    id: "claim/turns/oldest-of-each-first",
    rule: "Workspaces take turns: the oldest record of each, then the second oldest of each, and so on.",
    async run({ storage }) {
      await mustWrite(
        storage.auto,
        ...dueIn([
          ["a", 5],
          ["b", 1],
          ["c", 2],
        ]),
      );
      const claimed = await claim(storage.auto, { now: minute(5000) });
      expectEqual(
        claimed.map(({ head: { key } }) => `${key.workspaceId} ${key.id}`),
        [
          "a ticket-00000",
          "b ticket-00000",
          "c ticket-00000",
          "a ticket-00001",
          "c ticket-00001",
          "a ticket-00002",
          "a ticket-00003",
          "a ticket-00004",
        ],
        "what was claimed",
      );
    },
  },
  {
    id: "claim/turns/behind-the-last",
    rule: "The first turn is that of the workspace behind `after`, be it one with work or not, and the round goes on from the first.",
    async run({ storage }) {
      const orders: readonly (readonly [string | null, string])[] = [
        [null, "acegaceg"],
        ["a", "cegacega"],
        ["b", "cegacega"],
        ["e", "gacegace"],
        ["g", "acegaceg"],
        ["zz", "acegaceg"],
        ["A", "acegaceg"],
      ];
      for (const [after, order] of orders) {
        await storage
          .own(async (session) => {
            await mustWrite(
              session,
              ...dueIn([
                ["a", 2],
                ["c", 2],
                ["e", 2],
                ["g", 2],
              ]),
            );
            expectEqual((await turns(session, { after })).join(""), order, `turns behind ${after}`);
            throw rolledBack;
          })
          .catch((error: unknown) => {
            if (error !== rolledBack) throw error;
          });
      }
    },
  },
  {
    id: "claim/turns/limit-goes-round",
    rule: "With more workspaces than places, claims that go on behind the last one reach every workspace before any has a second turn.",
    async run({ storage }) {
      const names = Array.from({ length: 25 }, (_, place) => `workspace-${String.fromCharCode(97 + place)}`);
      await mustWrite(storage.auto, ...dueIn(names.map((name) => [name, 2] as const)));
      const seen: string[] = [];
      for (let after: string | null = null; seen.length < 50; after = seen.at(-1) ?? null) {
        const claimed = await turns(storage.auto, { limit: 10, after });
        expectTrue(claimed.length > 0, "a claim finds something while something is due");
        seen.push(...claimed);
      }
      expectEqual(seen, [...names, ...names], "the turns");
    },
  },
  {
    id: "claim/turns/code-points",
    rule: "Turns go in the code-point order of the ids: capitals first, and an emoji behind every sign of the basic plane.",
    async run({ storage }) {
      const names = ["Z", "a", "é", "～", "😀"];
      for (const workspaceId of names)
        await mustWrite(storage.auto, ...dueOneByOne(someKeys(2, { workspaceId }), 0));
      expectEqual(await turns(storage.auto, { limit: 5 }), names, "turns from the first");
      expectEqual(
        await turns(storage.auto, { after: "～" }),
        ["😀", "Z", "a", "é", "～"],
        "turns behind the last but one",
      );
    },
  },
  {
    // S58
    id: "claim/turns/flood",
    rule: "2,000 older records of one workspace hold up the one of another by one place.",
    async run({ storage }) {
      const flood = someKeys(2000, { workspaceId: "flood" }).map((key) =>
        aChange([aHead(key, { due: waiting(minute(0)) })]),
      );
      await mustWrite(storage.auto, ...flood.slice(0, 1000));
      await mustWrite(storage.auto, ...flood.slice(1000));
      for (const workspaceId of ["after-the-flood", "zzz"])
        await mustWrite(storage.auto, ...dueOneByOne([aKey({ workspaceId })], 60));
      expectEqual(
        await turns(storage.auto, { limit: 4 }),
        ["after-the-flood", "flood", "zzz", "flood"],
        "the turns",
      );
    },
  },
  {
    id: "claim/turns/left-out-workspaces",
    rule: "Workspaces that are to be left out get no turn and hide no others, however much they have and however many they are.",
    async run({ storage }) {
      const busy = Array.from({ length: 200 }, (_, place) => `busy-${String(place).padStart(3, "0")}`);
      await mustWrite(
        storage.auto,
        ...dueIn([...busy.map((name) => [name, 3] as const), ["calm", 2], ["zzz", 1]]),
      );
      const others = Array.from({ length: 800 }, (_, place) => `nobody-${place}`);
      const exceptWorkspaces = [...others, ...busy];
      expectEqual(
        await turns(storage.auto, { limit: 2, exceptWorkspaces }),
        ["calm", "zzz"],
        "with 1,000 left out",
      );
      expectEqual(
        await turns(storage.auto, { limit: 2, after: "zzz", exceptWorkspaces }),
        ["calm"],
        "the rest of those that are not",
      );
      expectEqual(
        await turns(storage.auto, { limit: 2, exceptWorkspaces: busy.slice(0, 5) }),
        ["busy-005", "busy-006"],
        "with five left out",
      );
      expectEqual(await turns(storage.auto, { limit: 1, exceptWorkspaces: [] }), ["busy-000"], "with none");
    },
  },
  {
    id: "claim/turns/leased-ones-give-way",
    rule: "What is leased already takes no turn: the next records of its workspace do.",
    async run({ storage }) {
      await mustWrite(
        storage.auto,
        ...dueIn([
          ["a", 3],
          ["b", 3],
        ]),
      );
      expectEqual((await turns(storage.auto, { limit: 1 })).join(""), "a", "the first turn");
      expectEqual((await turns(storage.auto, { limit: 3, after: "a" })).join(""), "bab", "the next three");
      expectEqual((await turns(storage.auto, { limit: 9, after: "b" })).join(""), "ab", "the rest");
    },
  },
];
