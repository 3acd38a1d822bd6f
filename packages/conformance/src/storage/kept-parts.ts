import { expectEqual } from "../assertions.ts";
import { aChange, aDelta, aHead, aKey, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened, miscounted, noon, previous } from "../history.ts";
import { whileOpen } from "../open-transaction.ts";
import { mustWrite } from "../steps.ts";
import { aRow, names, ofPart, parts, patient, workspaceId } from "./parts.ts";

/** Counts of parts as they come, are folded, rebuilt and taken back. */
export const keptPartCases: readonly StorageCase[] = [
  {
    id: "parts/at-once",
    rule: "What a write counted is counted at the next read; what a transaction did not commit, or rolled back, never is.",
    async run({ storage, otherProcess }) {
      const counted = (count: number) =>
        aChange([aHead(aKey({ workspaceId }))], {
          deltas: [aDelta({ sent: count }), ofPart("a", { notAsked: count }), ofPart("b", { sent: count })],
        });
      const wanted = (count: number) => [aRow("a", { notAsked: count }), aRow("b", { sent: count })];
      await mustWrite(storage.auto, counted(1));
      expectEqual(await parts(otherProcess), wanted(1), "the parts after a write");
      const { meanwhile } = await whileOpen({
        store: storage,
        beside: otherProcess,
        first: (session) => mustWrite(session, counted(10)),
        meanwhile: () => parts(otherProcess),
        end: "rollback",
      });
      expectEqual(meanwhile, wanted(1), "the parts while a transaction was open");
      expectEqual(await parts(otherProcess), wanted(1), "the parts after its rollback");
      await storage.own((session) => mustWrite(session, counted(100)));
      expectEqual(await parts(otherProcess), wanted(101), "the parts after a commit");
      const stale = aChange([aHead(aKey({ workspaceId }), { expected: 7 })], {
        deltas: [ofPart("a", { sent: 1 })],
      });
      expectEqual(await storage.auto.write([stale]), ["conflict"], "the outcome of a stale change");
      expectEqual(await parts(otherProcess), wanted(101), "the parts after a conflict");
    },
  },
  {
    id: "parts/housekeeping",
    rule: "Housekeeping changes no figure of a part or of the whole, once, twice, beside what is not yet folded, and after all was taken back.",
    async run({ storage, otherProcess }) {
      const days = ["2026-02-25", "2026-03-02", "2026-03-03"];
      const countAll = (sign: 1 | -1) =>
        mustWrite(
          storage.auto,
          ...someKeys(90, { workspaceId: workspaceId }).map((key, place) => {
            const resolvedBy = ["ada", null][place % 2] ?? null;
            const given = { day: days[place % 3], resolvedBy, sent: sign, notAsked: sign * (place % 4) };
            return aChange([aHead(key, { expected: sign === 1 ? 0 : 1 })], {
              deltas: [
                aDelta(given),
                ofPart("a", given),
                ofPart(`b:${place % 5}`, { ...given, answered: sign }),
              ],
            });
          }),
        );
      const query = { workspaceId, current, previous };
      const figures = async () => ({
        parts: await parts(storage),
        ofAda: await parts(otherProcess, { resolvedBy: "ada", prefix: "b" }),
        whole: await storage.counts(query),
        part: await storage.counts({ ...query, part: "a" }),
        partOfAda: await storage.counts({ ...query, part: "b:1", resolvedBy: "ada" }),
      });
      await countAll(1);
      const before = await figures();
      expectEqual(before.parts.length, 12, "parts and days");
      for (const store of [storage, otherProcess]) {
        await store.keepHouse(new Date(), patient());
        expectEqual(await figures(), before, "the figures once they are folded");
      }
      await miscounted(storage, workspaceId, ofPart("a", { sent: 1 }), ofPart("c", { notAsked: 1 }));
      const after = await figures();
      expectEqual(after.parts.length, 13, "parts and days after more was counted");
      await Promise.all([storage, otherProcess].map((store) => store.keepHouse(new Date(), patient())));
      expectEqual(await figures(), after, "the figures once that is folded too");
      await countAll(-1);
      for (const wanted of [
        ["a", "c"],
        ["a", "c"],
      ]) {
        expectEqual(await names(storage), wanted, "the parts that are left");
        await storage.keepHouse(new Date(), patient());
      }
    },
  },
  {
    id: "parts/recount",
    rule: "A recount names and mends days of the whole alone, and leaves parts, and those whom a decision left out, as they are.",
    async run({ storage }) {
      const day = "2026-03-02";
      await happened(storage, { workspaceId, sentAt: noon(day), answer: [5, noon(day)], actorId: "ada" });
      const right = await storage.counts({ workspaceId, current, previous });
      await miscounted(
        storage,
        workspaceId,
        ofPart("a", { resolvedBy: "ada", sent: 9, ratings: [1, 2, 3, 4, 5], notAsked: 6 }),
        aDelta({ resolvedBy: "ada", notAsked: 2 }),
        aDelta({ day: "2026-03-05", notAsked: 1 }),
      );
      const before = await parts(storage);
      for (let times = 0; times < 3; times++) {
        expectEqual(await storage.recount(workspaceId), [], "days that were off");
        expectEqual(await parts(storage), before, "the parts");
        await storage.keepHouse(new Date(), patient());
      }
      await miscounted(storage, workspaceId, aDelta({ day, resolvedBy: "ada", sent: 1 }));
      expectEqual(await storage.recount(workspaceId), [{ day, was: 3, is: 2 }], "days that were off");
      expectEqual(await storage.counts({ workspaceId, current, previous }), right, "the counts of the whole");
      await storage.keepHouse(new Date(), patient());
      expectEqual(await parts(storage), before, "the parts afterwards");
    },
  },
  {
    id: "parts/many-at-once",
    rule: "Of 40 simultaneous writes that count 25 parts each, every part is counted, and nobody waits for ever.",
    async run({ storage, otherProcess }) {
      const all = Array.from({ length: 25 }, (_, place) => `part ${String(place).padStart(2, "0")}`);
      const deltas = all.map((part, place) => ofPart(part, { sent: 1, notAsked: place }));
      const writes = Array.from({ length: 40 }, (_, place) =>
        miscounted(place % 2 ? storage : otherProcess, workspaceId, aDelta({ sent: 1 }), ...deltas),
      );
      await Promise.all([...writes, storage.keepHouse(new Date(), patient())]);
      const wanted = all.map((part, place) => aRow(part, { sent: 40, notAsked: 40 * place }));
      expectEqual(await parts(storage), wanted, "the parts");
    },
  },
];
