import type { AnswerChange, Change, ResponseQuery, Store } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aHead, aKey, anAnswer, minute, refOf, someKeys } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { current, happened, noon, previous } from "../history.ts";
import { headOf, mustWrite, stored } from "../steps.ts";

const sent = { kind: "ticket", sentAt: minute(61), resolvedBy: null } as const;

const marked = (excluded: boolean): AnswerChange => ({ kind: "mark", excluded });

function listOf(storage: Store<unknown>, query: Partial<ResponseQuery> & { readonly workspaceId: string }) {
  return storage.lists.answers({ window: current, limit: 1_000, cursor: null, ...query });
}

async function change(
  storage: Store<unknown>,
  ticket: ReturnType<typeof aKey>,
  answer: AnswerChange,
): Promise<void> {
  const { version: expected } = await headOf(storage.auto, ticket);
  await mustWrite(storage.auto, aChange([aHead(ticket, { expected, cells: sent })], { answer }));
}

/** Answers that are taken out, and what answers can be cut by. */
export const markedAnswerCases: readonly StorageCase[] = [
  {
    // S76
    id: "answers/marked",
    rule: "An answer that is marked as excluded is out of the list unless that is asked `withExcluded`, stands as it was, and comes back; a mark without an answer does nothing.",
    async run({ storage, otherProcess }) {
      const ticket = aKey();
      const { workspaceId } = ticket;
      await mustWrite(
        storage.auto,
        aChange([aHead(ticket, { cells: sent })], {
          answer: anAnswer({ comment: "Fine", slices: ["team=a"] }),
        }),
      );
      const before = await storage.lists.answer(refOf(ticket));
      const whole = (await listOf(storage, { workspaceId })).items;
      expectEqual(
        whole.map(({ excluded }) => excluded),
        [false],
        "excluded, from the first",
      );
      for (const excluded of [true, true, false, false, true]) {
        await change(storage, ticket, marked(excluded));
        const { items } = await listOf(otherProcess, { workspaceId });
        expectEqual(items, excluded ? [] : whole, `the list, excluded: ${excluded}`);
        const all = await listOf(otherProcess, { workspaceId, withExcluded: true });
        expectEqual(
          all.items,
          whole.map((row) => ({ ...row, excluded })),
          "the list with them",
        );
        expectEqual(await storage.lists.answer(refOf(ticket)), before, "the answer");
      }
      const unanswered = await stored(storage.auto, aKey({ workspaceId }));
      await change(storage, unanswered, marked(true));
      expectEqual(await storage.lists.answer(refOf(unanswered)), null, "an answer that never came");
    },
  },
  {
    id: "answers/marked-stays",
    rule: "An excluded answer that is credited to another resolver, or put again, is excluded still.",
    async run({ storage }) {
      const ticket = aKey();
      const { workspaceId } = ticket;
      const answer = anAnswer({ slices: ["team=a"] });
      await mustWrite(storage.auto, aChange([aHead(ticket, { cells: sent })], { answer }));
      await change(storage, ticket, marked(true));
      await change(storage, ticket, { kind: "move", resolvedBy: "bob" });
      await change(storage, ticket, anAnswer({ slices: ["team=b"] }));
      expectEqual((await listOf(storage, { workspaceId })).items, [], "the list");
      const { items } = await listOf(storage, { workspaceId, resolvedBy: "bob", withExcluded: true });
      expectEqual(
        items.map(({ surveyId, excluded, slices }) => ({ surveyId, excluded, slices })),
        [{ surveyId: answer.surveyId, excluded: true, slices: ["team=a"] }],
        "the list with them",
      );
    },
  },
  {
    id: "answers/changed-in-bulk",
    rule: "One write puts, credits, excludes and takes back 400 answers, each its own.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const tickets = someKeys(400, { workspaceId });
      const put = (place: number) => anAnswer({ surveyId: `${place}`, slices: [`row=${place}`] });
      const ofAll = (expected: number, answer: (place: number) => AnswerChange | undefined) =>
        tickets.map((key, place): Change => {
          const given = answer(place);
          const head = aHead(key, { expected, cells: sent });
          return aChange([head], given === undefined ? {} : { answer: given });
        });
      await mustWrite(storage.auto, ...ofAll(0, (place) => (place < 300 ? put(place) : undefined)));
      await mustWrite(storage.auto, ...ofAll(1, (place) => (place % 2 === 0 ? marked(true) : undefined)));
      const mixed = (place: number) =>
        [put(place), marked(false), { kind: "move", resolvedBy: "bob" } as const, undefined][place % 4];
      await mustWrite(storage.auto, ...ofAll(2, mixed));
      // Multiples of four were excluded before they were put again, if they were there; odd ones never were.
      const isExcluded = (place: number) => place < 300 && place % 2 === 0;
      const isThere = (place: number) => place < 300 || place % 4 === 0;
      const { items } = await listOf(storage, { workspaceId, withExcluded: true });
      const found = new Map(items.map((row) => [row.surveyId, row]));
      for (const [place] of tickets.entries()) {
        const row = found.get(`${place}`);
        expectEqual(row !== undefined, isThere(place), `that answer ${place} is there`);
        if (row === undefined) continue;
        expectEqual(
          { excluded: row.excluded, resolvedBy: row.resolvedBy, slices: row.slices },
          {
            excluded: isExcluded(place),
            resolvedBy: place % 4 === 2 ? "bob" : null,
            slices: [`row=${place}`],
          },
          `answer ${place}`,
        );
      }
    },
  },
  {
    // S85
    id: "answers/list/by-slice",
    rule: "`slice` keeps answers that have it among theirs, character by character, and goes with the other filters and with pages.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const slices = [
        ["team=a", "tag=x"],
        ["team=b", "tag=x", "tag=y"],
        ["team=A"],
        ["team=a%"],
        ['team="a","tag=x"'],
        ["team=a,tag=x"],
        ["team=á\\ {😀}"],
        [],
      ];
      for (const [place, own] of slices.entries())
        await mustWrite(
          storage.auto,
          aChange([aHead(aKey({ workspaceId }), { cells: sent })], {
            answer: anAnswer({
              surveyId: `${place}`,
              rating: place === 0 ? 1 : 5,
              respondedAt: minute(200 - place),
              slices: own,
            }),
          }),
        );
      const found = async (slice: string, query: Partial<ResponseQuery> = {}) =>
        (await listOf(storage, { workspaceId, slice, ...query })).items
          .map(({ surveyId }) => surveyId)
          .join();
      for (const [slice, wanted] of [
        ["team=a", "0"],
        ["team=A", "2"],
        ["team=a%", "3"],
        ['team="a","tag=x"', "4"],
        ["team=a,tag=x", "5"],
        ["team=á\\ {😀}", "6"],
        ["tag=x", "0,1"],
        ["tag=y", "1"],
        ["team=", ""],
        ["team", ""],
        ["%", ""],
        ["", ""],
        ['"', ""],
        ["eam=a", ""],
        ["team=á", ""],
      ] as const)
        expectEqual(await found(slice), wanted, `answers with ${slice}`);
      expectEqual(await found("tag=x", { rating: 1 }), "0", "and rated 1");
      expectEqual(await found("tag=x", { resolvedBy: "bob" }), "", "and resolved by bob");
      const first = await listOf(storage, { workspaceId, slice: "tag=x", limit: 1 });
      const { nextCursor: cursor } = first;
      const rest = await listOf(storage, { workspaceId, slice: "tag=x", limit: 1, cursor });
      expectEqual(
        [...first.items, ...rest.items].map(({ surveyId }) => surveyId),
        ["0", "1"],
        "by pages of one",
      );
      expectEqual(rest.nextCursor, null, "the last cursor");
    },
  },
  {
    id: "answers/list/slices-as-put",
    rule: "Slices come back as they were put: 50 texts of 300 characters, in their order, equal ones too.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      const slices = Array.from({ length: 50 }, (_, place) =>
        `tag=${"漢".repeat(294)}${place % 40}`.slice(0, 300),
      );
      const answer = anAnswer({ slices: slices.toReversed() });
      await mustWrite(storage.auto, aChange([aHead(aKey({ workspaceId }), { cells: sent })], { answer }));
      const { items } = await listOf(storage, { workspaceId });
      expectEqual(items[0]?.slices, slices.toReversed(), "the slices");
    },
  },
  {
    id: "answers/list/excluded-on-every-page",
    rule: "Pages of any size leave excluded answers out, or list them, each once.",
    async run({ storage }) {
      const { workspaceId } = aKey();
      for (let row = 0; row < 9; row++) {
        const ticket = aKey({ workspaceId });
        const answer = anAnswer({
          surveyId: `${row}`,
          respondedAt: minute(120 + Math.floor(row / 2)),
          rating: 1,
        });
        await mustWrite(storage.auto, aChange([aHead(ticket, { cells: sent })], { answer }));
        if (row % 3 === 1) await change(storage, ticket, marked(true));
      }
      for (const limit of [1, 2, 4])
        for (const [wanted, query] of [
          ["865320", {}],
          ["865320", { maxRating: 2 }],
          ["876543210", { withExcluded: true }],
        ] as const) {
          let seen = "";
          let cursor: string | null = null;
          do {
            const page: Awaited<ReturnType<typeof listOf>> = await listOf(storage, {
              workspaceId,
              limit,
              cursor,
              ...query,
            });
            seen += page.items.map(({ surveyId }) => surveyId).join("");
            cursor = page.nextCursor;
          } while (cursor !== null && seen.length < 20);
          expectEqual(seen, wanted, `answers by pages of ${limit}`);
        }
    },
  },
  {
    id: "recount/excluded-answers",
    rule: "Excluded answers are told by no row: neither as responses nor as answers to a send; the send is. Taken back, all are.",
    async run({ storage }) {
      const workspaceId = "acme";
      const past = { workspaceId, sentAt: noon("2026-03-02"), answer: [5, noon("2026-03-03")] } as const;
      await happened(storage, { ...past, ticketId: "one" }, { ...past, ticketId: "other" });
      await change(storage, aKey({ workspaceId, id: "one" }), marked(true));
      // The core takes the counts back by deltas; here nobody did.
      const days = [
        { day: "2026-03-02", was: 2, is: 2 },
        { day: "2026-03-03", was: 2, is: 1 },
      ];
      expectEqual(await storage.recount(workspaceId), days, "days that were off");
      const counts = await storage.counts({ workspaceId, current, previous });
      expectEqual(
        [counts.sent, counts.ratings, counts.cohortAnswered],
        [[{ day: "2026-03-02", count: 2 }], [{ day: "2026-03-03", rating: 5, count: 1 }], 1],
        "sends, responses, and answers to those sends",
      );
      await change(storage, aKey({ workspaceId, id: "one" }), marked(false));
      await storage.recount(workspaceId);
      const again = await storage.counts({ workspaceId, current, previous });
      expectEqual([again.cohortAnswered, again.ratings[0]?.count], [2, 2], "once it is taken back");
    },
  },
];
