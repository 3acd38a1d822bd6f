import type { MetricsQuery, Store } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aDelta, aHead, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened, miscounted, noon, previous } from "../history.ts";
import { mustWrite } from "../steps.ts";
import { aWhole, everything, everywhere, traces } from "../traces.ts";

const query: MetricsQuery = { workspaceId: "acme", current, previous };
const patient = () => new AbortController().signal;

const figures = (storage: Store<unknown>) =>
  Promise.all([
    storage.counts(query),
    storage.counts({ ...query, resolvedBy: "ada" }),
    storage.counts({ ...query, resolvedBy: null }),
  ]);

/** Deltas of several days and resolvers, some of which take back others. */
async function muchCounted(storage: Store<unknown>): Promise<void> {
  const keys = someKeys(300, { workspaceId: "acme" });
  const days = ["2026-02-25", "2026-03-02", "2026-03-03", "2026-03-08"];
  await mustWrite(
    storage.auto,
    ...keys.map((key, place) => {
      const resolvedBy = ["ada", "bob", null][place % 3] ?? null;
      const sent = place % 5 === 4 ? -1 : 1;
      return aChange([aHead(key)], {
        deltas: [
          aDelta({ day: days[place % 4], resolvedBy, sent, answered: 1, ratings: [1, 0, 0, 2, sent] }),
        ],
      });
    }),
  );
}

/** What runs now and then. */
export const housekeepingCases: readonly StorageCase[] = [
  {
    id: "housekeeping/changes-no-figure",
    rule: "Housekeeping changes no figure, once, twice, and again after more was counted.",
    async run({ storage, otherProcess }) {
      await muchCounted(storage);
      const before = await figures(storage);
      for (const store of [storage, otherProcess, storage]) {
        await store.keepHouse(new Date(), patient());
        expectEqual(await figures(storage), before, "the figures");
      }
      await miscounted(storage, "acme", aDelta({ day: "2026-03-03", resolvedBy: "ada", sent: 1 }));
      const after = await figures(storage);
      await storage.keepHouse(new Date(), patient());
      expectEqual(await figures(storage), after, "the figures after more was counted");
    },
  },
  {
    id: "housekeeping/at-once",
    rule: "Eight housekeepings at once, through two handles and beside writers, end well; every read meanwhile is exact.",
    async run({ storage, otherProcess }) {
      await muchCounted(storage);
      const before = await figures(storage);
      const keeping = Array.from({ length: 8 }, (_, place) =>
        (place % 2 ? storage : otherProcess).keepHouse(new Date(), patient()),
      );
      const reading = Array.from({ length: 8 }, () => figures(otherProcess));
      for (const seen of await Promise.all(reading)) expectEqual(seen, before, "the figures meanwhile");
      const writing = Array.from({ length: 10 }, () =>
        miscounted(storage, "acme", aDelta({ day: "2026-03-06", sent: 1 })),
      );
      await Promise.all([...keeping, ...writing, storage.keepHouse(new Date(), patient())]);
      const { sent } = await storage.counts(query);
      expectEqual(
        sent.find(({ day }) => day === "2026-03-06")?.count,
        10,
        "sends that were counted meanwhile",
      );
    },
  },
  {
    id: "housekeeping/aborted",
    rule: "Housekeeping that is called off resolves, and leaves every figure as it was.",
    async run({ storage }) {
      await muchCounted(storage);
      const before = await figures(storage);
      await storage.keepHouse(new Date(), AbortSignal.abort());
      expectEqual(await figures(storage), before, "the figures");
      const aborting = new AbortController();
      const keeping = storage.keepHouse(new Date(), aborting.signal);
      aborting.abort();
      await keeping;
      expectEqual(await figures(storage), before, "the figures after an abort on the way");
    },
  },
  {
    id: "housekeeping/removes-nothing-that-is-seen",
    rule: "Housekeeping takes away no record, link, answer, entry, event or due work, at whatever time.",
    async run({ storage }) {
      const whole = aWhole();
      await mustWrite(storage.auto, everywhere(whole));
      for (const now of ["2026-03-02T00:00:00.000Z", "2046-03-02T00:00:00.000Z"]) {
        await storage.keepHouse(new Date(now), patient());
        expectEqual(await traces(storage, whole), everything, "what stands");
      }
    },
  },
  {
    id: "housekeeping/taken-back",
    rule: "What was counted, folded, and taken back later leaves nothing behind.",
    async run({ storage }) {
      await happened(storage, {
        workspaceId: "acme",
        sentAt: noon("2026-03-04"),
        answer: [4, noon("2026-03-04")],
        actorId: "ada",
      });
      await storage.keepHouse(new Date(), patient());
      await miscounted(
        storage,
        "acme",
        aDelta({ day: "2026-03-04", resolvedBy: "ada", sent: -1, answered: -1, ratings: [0, 0, 0, -1, 0] }),
      );
      const nothing = { sent: [], ratings: [], resolvers: [], cohortAnswered: 0 };
      expectEqual(await storage.counts(query), nothing, "the counts before the next housekeeping");
      await storage.keepHouse(new Date(), patient());
      expectEqual(await storage.counts(query), nothing, "the counts after it");
    },
  },
];
