import type { Rating, ResponseQuery } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, anAnswer, minute, utc } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { mustWrite } from "../steps.ts";

type Store = Parameters<StorageCase["run"]>[0]["storage"];

const week = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-09T00:00:00.000Z") };

interface Answered {
  readonly workspaceId?: string;
  readonly id: string;
  readonly rating?: Rating;
  readonly at?: string;
  readonly resolvedBy?: string | null;
}

async function answered(
  storage: Store,
  { workspaceId = "acme", id, rating, at, resolvedBy }: Answered,
): Promise<void> {
  const cells = { kind: "ticket", sentAt: minute(61), resolvedBy: resolvedBy ?? null } as const;
  const answer = anAnswer({
    surveyId: id,
    rating,
    resolvedBy,
    respondedAt: at === undefined ? minute(120) : utc(at),
  });
  await mustWrite(storage.auto, aChange([aHead(aKey({ workspaceId, id }), { cells })], { answer }));
}

async function ids(storage: Store, query: Partial<ResponseQuery>): Promise<readonly string[]> {
  const asked = { workspaceId: "acme", window: week, limit: 100, cursor: null, ...query };
  const { items } = await storage.lists.answers(asked);
  return items.map(({ surveyId }) => surveyId);
}

/** Answers as tables and exports list them. */
export const answerListCases: readonly StorageCase[] = [
  {
    id: "answers/list/rows",
    rule: "A row holds the answer, who is credited with it, what it can be cut by, that it is not excluded, and when the survey was sent.",
    async run({ storage, otherProcess }) {
      const ticket = aKey();
      const { workspaceId, id: ticketId } = ticket;
      const sentAt = utc("2026-03-01T23:59:59.999Z");
      const { kind: _, ...answer } = anAnswer({
        rating: 2,
        comment: "Slow",
        resolvedBy: "ada",
        slices: ["team=b", "team=a"],
      });
      const cells = { kind: "ticket", sentAt, resolvedBy: "ada" } as const;
      await mustWrite(
        storage.auto,
        aChange([aHead(ticket, { cells })], { answer: { kind: "put", ...answer } }),
      );
      expectEqual(
        await otherProcess.lists.answers({ workspaceId, window: week, limit: 10, cursor: null }),
        {
          items: [
            { workspaceId, ticketId, ...answer, slices: ["team=b", "team=a"], excluded: false, sentAt },
          ],
          nextCursor: null,
        },
        "the page",
      );
    },
  },
  {
    id: "answers/list/half-open-window",
    rule: "A window holds its first millisecond and not its last: answers at `from` are in, those at `until` are not.",
    async run({ storage }) {
      const times = {
        before: "2026-03-01T23:59:59.999Z",
        first: "2026-03-02T00:00:00.000Z",
        last: "2026-03-08T23:59:59.999Z",
        after: "2026-03-09T00:00:00.000Z",
      };
      for (const [id, at] of Object.entries(times)) await answered(storage, { id, at });
      expectEqual(await ids(storage, {}), ["last", "first"], "answers in the window");
    },
  },
  {
    id: "answers/list/by-rating",
    rule: "`rating` keeps that one, `maxRating` those up to it, and both together what both keep.",
    async run({ storage }) {
      for (const rating of [1, 2, 3, 4, 5] as const) {
        const at = minute(120 + rating).toISOString();
        await answered(storage, { id: `${rating}`, rating, at });
      }
      for (const rating of [1, 2, 3, 4, 5] as const) {
        expectEqual(await ids(storage, { rating }), [`${rating}`], `rated ${rating}`);
        const upTo = ["5", "4", "3", "2", "1"].slice(5 - rating);
        expectEqual(await ids(storage, { maxRating: rating }), upTo, `rated ${rating} or less`);
      }
      expectEqual(await ids(storage, { rating: 2, maxRating: 3 }), ["2"], "rated 2, and 3 or less");
      expectEqual(await ids(storage, { rating: 4, maxRating: 3 }), [], "rated 4, and 3 or less");
    },
  },
  {
    id: "answers/list/by-resolver",
    rule: "`resolvedBy` keeps what that actor is credited with, null what nobody is, and both go with ratings.",
    async run({ storage }) {
      await answered(storage, { id: "ada-1", resolvedBy: "ada", rating: 1, at: "2026-03-02T12:00:00.000Z" });
      await answered(storage, { id: "ada-5", resolvedBy: "ada", rating: 5, at: "2026-03-02T13:00:00.000Z" });
      await answered(storage, { id: "Ada-5", resolvedBy: "Ada", rating: 5 });
      await answered(storage, { id: "nobody-1", resolvedBy: null, rating: 1 });
      expectEqual(await ids(storage, { resolvedBy: "ada" }), ["ada-5", "ada-1"], "of ada");
      expectEqual(await ids(storage, { resolvedBy: "Ada" }), ["Ada-5"], "of Ada");
      expectEqual(await ids(storage, { resolvedBy: "null" }), [], "of somebody called null");
      expectEqual(await ids(storage, { resolvedBy: null }), ["nobody-1"], "of nobody");
      expectEqual(await ids(storage, { resolvedBy: "ada", maxRating: 2 }), ["ada-1"], "low ones of ada");
      expectEqual(await ids(storage, { resolvedBy: null, rating: 5 }), [], "best ones of nobody");
    },
  },
  {
    id: "answers/list/filters-on-every-page",
    rule: "A filter holds on every page, not on the first alone.",
    async run({ storage }) {
      for (let row = 0; row < 12; row++) {
        const at = minute(120 + Math.floor(row / 3)).toISOString();
        const id = `row-${String(row).padStart(2, "0")}`;
        await answered(storage, {
          id,
          at,
          rating: row % 2 === 0 ? 1 : 5,
          resolvedBy: row % 3 === 0 ? "ada" : null,
        });
      }
      const seen: string[] = [];
      let cursor: string | null = null;
      for (let pages = 0; pages < 12; pages++) {
        const page: Awaited<ReturnType<Store["lists"]["answers"]>> = await storage.lists.answers({
          workspaceId: "acme",
          window: week,
          maxRating: 2,
          resolvedBy: null,
          limit: 1,
          cursor,
        });
        seen.push(...page.items.map(({ surveyId }) => surveyId));
        cursor = page.nextCursor;
        if (cursor === null) break;
      }
      expectEqual(seen, ["row-10", "row-08", "row-04", "row-02"], "low ones of nobody");
    },
  },
];
