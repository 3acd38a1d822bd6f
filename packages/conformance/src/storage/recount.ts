import { expectEqual } from "../assertions.ts";
import { aDelta } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened, miscounted, noon, type Past, previous, rated } from "../history.ts";

const workspaceId = "acme";
const query = { workspaceId, current, previous };
const patient = () => new AbortController().signal;

const pasts: readonly Past[] = [
  { workspaceId, sentAt: noon("2026-03-02"), answer: [5, noon("2026-03-03")], actorId: "ada" },
  { workspaceId, sentAt: noon("2026-03-02"), answer: [1, noon("2026-03-03")] },
  { workspaceId, sentAt: noon("2026-03-04"), actorId: "bob" },
  { workspaceId },
];

/** Counts rebuilt from rows. */
export const recountCases: readonly StorageCase[] = [
  {
    id: "recount/all-is-well",
    rule: "Counts that are right are left as they are, and no day is named.",
    async run({ storage }) {
      await happened(storage, ...pasts);
      const before = await storage.counts(query);
      for (let times = 0; times < 2; times++) {
        expectEqual(await storage.recount(workspaceId), [], "days that were off");
        expectEqual(await storage.counts(query), before, "the counts");
        await storage.keepHouse(new Date(), patient());
      }
      expectEqual(await storage.recount("globex"), [], "days of a workspace without anything");
    },
  },
  {
    id: "recount/finds-and-mends",
    rule: "Days that were off are named once, in their order, with sends and responses as counted and as they are, and are right afterwards.",
    async run({ storage, otherProcess }) {
      await happened(storage, ...pasts);
      const right = await storage.counts(query);
      // Too many, too few, on a day without any, and for somebody else.
      await miscounted(
        storage,
        workspaceId,
        aDelta({ day: "2026-03-02", resolvedBy: "ada", sent: 10 }),
        aDelta({ day: "2026-03-03", resolvedBy: "ada", ratings: [0, 0, 0, 0, -1] }),
        aDelta({ day: "2026-03-06", resolvedBy: "eve", sent: 2, answered: 1, ratings: [3, 0, 0, 0, 0] }),
      );
      expectEqual(
        await otherProcess.recount(workspaceId),
        [
          { day: "2026-03-02", was: 12, is: 2 },
          { day: "2026-03-03", was: 1, is: 2 },
          { day: "2026-03-06", was: 5, is: 0 },
        ],
        "days that were off",
      );
      expectEqual(await storage.counts(query), right, "the counts");
      expectEqual(await storage.recount(workspaceId), [], "days that are off still");
    },
  },
  {
    id: "recount/equal-totals",
    rule: "A day on which the wrong resolver or the wrong rating was counted, or an answer to a send, is off, though its totals are equal.",
    async run({ storage }) {
      await happened(storage, ...pasts);
      const right = await storage.counts(query);
      const errors = [
        [
          rated({ day: "2026-03-03", resolvedBy: "ada", rating: 5, count: -1 }),
          rated({ day: "2026-03-03", resolvedBy: "bob", rating: 5 }),
        ],
        [
          rated({ day: "2026-03-03", resolvedBy: "ada", rating: 5, count: -1 }),
          rated({ day: "2026-03-03", resolvedBy: "ada", rating: 4 }),
        ],
        [aDelta({ day: "2026-03-02", resolvedBy: "ada", answered: -1 })],
      ];
      for (const [place, deltas] of errors.entries()) {
        await miscounted(storage, workspaceId, ...deltas);
        const day = place === 2 ? "2026-03-02" : "2026-03-03";
        expectEqual(await storage.recount(workspaceId), [{ day, was: 2, is: 2 }], `days of error ${place}`);
        expectEqual(await storage.counts(query), right, `the counts after error ${place}`);
      }
    },
  },
  {
    id: "recount/after-housekeeping",
    rule: "Errors are found and mended wherever counts are kept: before they were folded, after, and in part.",
    async run({ storage }) {
      await happened(storage, ...pasts);
      await storage.keepHouse(new Date(), patient());
      const right = await storage.counts(query);
      await miscounted(storage, workspaceId, aDelta({ day: "2026-03-02", resolvedBy: "ada", sent: 1 }));
      await storage.keepHouse(new Date(), patient());
      await miscounted(storage, workspaceId, aDelta({ day: "2026-03-02", resolvedBy: "eve", sent: 1 }));
      expectEqual(
        await storage.recount(workspaceId),
        [{ day: "2026-03-02", was: 4, is: 2 }],
        "days that were off",
      );
      expectEqual(await storage.counts(query), right, "the counts");
      await storage.keepHouse(new Date(), patient());
      expectEqual(await storage.counts(query), right, "the counts once they are folded");
    },
  },
  {
    id: "recount/one-workspace",
    rule: "Other workspaces are neither looked at nor mended.",
    async run({ storage }) {
      const error = aDelta({ day: "2026-03-02", sent: 3 });
      for (const one of ["acme", "globex"]) await miscounted(storage, one, error);
      expectEqual(await storage.recount("acme"), [{ day: "2026-03-02", was: 3, is: 0 }], "days of the one");
      const { sent } = await storage.counts({ ...query, workspaceId: "globex" });
      expectEqual(sent, [{ day: "2026-03-02", count: 3 }], "counts of the other");
      expectEqual(
        await storage.recount("globex"),
        [{ day: "2026-03-02", was: 3, is: 0 }],
        "days of the other",
      );
    },
  },
  {
    id: "recount/beside-writers",
    rule: "Counts are right when recounts run twice at once, beside writers and housekeeping.",
    async run({ storage, otherProcess }) {
      await happened(storage, ...pasts);
      await miscounted(storage, workspaceId, aDelta({ day: "2026-03-02", sent: 5 }));
      await Promise.all([
        storage.recount(workspaceId),
        ...Array.from({ length: 10 }, (_, place) =>
          happened(place % 2 ? storage : otherProcess, {
            workspaceId,
            sentAt: noon("2026-03-05"),
            actorId: `${place}`,
          }),
        ),
        otherProcess.keepHouse(new Date(), patient()),
        otherProcess.recount(workspaceId),
      ]);
      const { sent } = await storage.counts(query);
      expectEqual(
        sent,
        [
          { day: "2026-03-02", count: 2 },
          { day: "2026-03-04", count: 1 },
          { day: "2026-03-05", count: 10 },
        ],
        "sends by day",
      );
      expectEqual(await storage.recount(workspaceId), [], "days that are off afterwards");
    },
  },
];
