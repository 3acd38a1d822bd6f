import type { Json } from "@csat/core";
import { expectEqual } from "../assertions.ts";
import { aChange, aDelta, aHead, aKey, anAnswer, anEntry, refOf, utc, waiting } from "../builders.ts";
import type { StorageCase } from "../case.ts";
import { claimOne, mustWrite, stateOf } from "../steps.ts";

/** Texts that come back changed where somebody escapes, trims, normalizes or cuts them. */
const texts: readonly string[] = [
  "",
  " ",
  " leading and trailing ",
  "line\nbreak\r\nand\ttab",
  `quotes ' " \` and \\ backslashes \\n \\u0041`,
  "'; drop table tickets; --",
  "$1 $" + "{x} %s {0} ? :name @name",
  "<b>&amp;</b>",
  "null",
  "\\N",
  "{}",
  '{"a":1}',
  "é e\u0301 ﬁ ß İ ı",
  "漢字 かな 한글",
  "שלום عليكم",
  "👩‍👩‍👧‍👦 🏳️‍🌈 😀",
  "\u2028\u2029\u00a0\u200b\ufeff\u202e",
  "\u{10ffff}\ufffd",
  "x".repeat(5000),
  "😀".repeat(2500),
];

/** Documents that come back changed where JSON is not kept as JSON. */
const documents: readonly Json[] = [
  {},
  [],
  "",
  0,
  false,
  true,
  1.5,
  "text",
  { list: [], map: {}, nothing: null, no: false, zero: 0, text: "" },
  [[[[[[[["deep"]]]]]]], { a: { b: { c: { d: { e: [{ f: null }] } } } } }],
  [null, [null], { null: null }],
  { integers: [1, -1, 2147483648, -2147483649, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER] },
  { fractions: [0.1, 0.2, 0.1 + 0.2, 1e-7, 1.7976931348623157e308, 5e-324, 123456789.12345679, 1e21] },
  { numbersAsText: ["1", "01", "1.0", "1e3", "true", "null"] },
  { "": "empty name", " ": 1, "a.b": 2, "a'b": 3, 'a"b': 4, ключ: 5, "😀": 6, constructor: 7, "0": 8 },
  { date: "2026-03-02T09:00:00.000Z", notADate: "2026-02-30T25:00:00Z" },
  { texts: [...texts] },
  Array.from({ length: 2000 }, (_, place) => ({ place, even: place % 2 === 0 })),
];

/** What is stored comes back as it was. */
export const valueCases: readonly StorageCase[] = [
  {
    id: "values/documents",
    rule: "A document comes back as the JSON that it is: nested, empty, of any text and number, through a read, a link and a claim.",
    async run({ storage, otherProcess }) {
      const keys = documents.map((_, place) =>
        aKey({ workspaceId: "acme", id: `ticket-${String(place).padStart(2, "0")}` }),
      );
      for (const [place, state] of documents.entries()) {
        const key = keys[place] ?? aKey();
        const tokens = [{ hash: key.id, key }];
        await mustWrite(storage.auto, aChange([aHead(key, { state, due: waiting() })], { tokens }));
        expectEqual(await stateOf(otherProcess.auto, key), state, `document ${place} as it is read`);
        expectEqual((await otherProcess.auto.byToken(key.id))?.state, state, `document ${place} by its link`);
        expectEqual(
          (await claimOne(otherProcess.auto)).head.state,
          state,
          `document ${place} as it is claimed`,
        );
      }
      const all = await storage.auto.read(keys);
      expectEqual(
        all.map(({ state }) => state),
        documents,
        "all of them in one read",
      );
    },
  },
  {
    id: "values/many-documents-in-one-write",
    rule: "Documents of one write stay what they are beside each other, for every kind.",
    async run({ storage }) {
      for (const kind of ["ticket", "customer", "event"] as const) {
        const keys = documents.map((_, place) =>
          aKey({ kind, workspaceId: "acme", id: `${kind}-${String(place).padStart(2, "0")}` }),
        );
        await mustWrite(
          storage.auto,
          ...keys.map((key, place) => aChange([aHead(key, { state: documents[place] })])),
        );
        const heads = await storage.auto.read(keys);
        expectEqual(
          heads.map(({ state }) => state),
          documents,
          `documents of ${kind}s`,
        );
        await mustWrite(
          storage.auto,
          ...keys.map((key, place) =>
            aChange([aHead(key, { expected: 1, state: documents.at(-place - 1) })]),
          ),
        );
        const turned = await storage.auto.read(keys);
        expectEqual(
          turned.map(({ state }) => state),
          documents.toReversed(),
          `the next versions of ${kind}s`,
        );
      }
    },
  },
  {
    id: "values/left-out-fields",
    rule: "A field of a document that is undefined is left out, as JSON does.",
    async run({ storage }) {
      const key = aKey();
      await mustWrite(storage.auto, aChange([aHead(key, { state: { kept: 1, left: undefined } })]));
      expectEqual(await stateOf(storage.auto, key), { kept: 1 }, "the document");
    },
  },
  {
    id: "values/large-documents",
    rule: "A document of a megabyte comes back whole.",
    async run({ storage }) {
      const key = aKey();
      const state = { text: "0123456789é😀\n".repeat(60_000) };
      await mustWrite(storage.auto, aChange([aHead(key, { state })]));
      expectEqual(await stateOf(storage.auto, key), state, "the document");
    },
  },
  {
    // S28
    id: "values/comments-and-names",
    rule: "Comments, reasons, actors and survey ids come back as written, character by character.",
    async run({ storage, otherProcess }) {
      const window = { from: utc("2026-03-02T00:00:00.000Z"), until: utc("2026-03-03T00:00:00.000Z") };
      for (const [place, text] of texts.entries()) {
        const ticket = aKey({ workspaceId: `workspace-${place}` });
        // An actor's id is never empty.
        const actorId = text === "" ? "somebody" : text.slice(0, 200);
        const cells = { kind: "ticket", sentAt: window.from, resolvedBy: actorId } as const;
        await mustWrite(
          storage.auto,
          aChange([aHead(ticket, { cells })], {
            answer: anAnswer({ comment: text, surveyId: actorId, resolvedBy: actorId }),
            journal: [anEntry(ticket, { reason: text, actorId })],
            deltas: [aDelta({ resolvedBy: actorId, ratings: [0, 0, 0, 0, 1] })],
          }),
        );
        const { workspaceId } = ticket;
        const page = { workspaceId, window, limit: 10, cursor: null, resolvedBy: actorId };
        const [row] = (await otherProcess.lists.answers(page)).items;
        expectEqual(
          [row?.comment, row?.surveyId, row?.resolvedBy],
          [text, actorId, actorId],
          `answer ${place}`,
        );
        const [entry] = await otherProcess.lists.journal(refOf(ticket));
        expectEqual([entry?.reason, entry?.actorId], [text, actorId], `entry ${place}`);
        const { resolvers } = await otherProcess.counts({ workspaceId, current: window, previous: window });
        expectEqual(resolvers, [{ actorId, rating: 5, count: 1 }], `counts ${place}`);
      }
    },
  },
  {
    id: "values/times",
    rule: "Times keep their milliseconds, before 1970, on leap days and far ahead.",
    async run({ storage }) {
      for (const iso of [
        "1969-12-31T23:59:59.999Z",
        "2024-02-29T12:00:00.001Z",
        "2026-03-29T01:30:00.500Z",
        "2026-10-25T01:30:00.500Z",
        "2026-12-31T23:59:59.999Z",
        "2199-06-15T00:00:00.010Z",
      ]) {
        const at = utc(iso);
        const ticket = aKey();
        const cells = { kind: "ticket", sentAt: at, resolvedBy: null } as const;
        await mustWrite(
          storage.auto,
          aChange([aHead(ticket, { cells, due: waiting(at, at) })], {
            answer: anAnswer({ respondedAt: at }),
            journal: [anEntry(ticket, { at })],
          }),
        );
        const { due } = await claimOne(storage.auto, { now: at });
        const [entry] = await storage.lists.journal(refOf(ticket));
        const window = { from: utc("1960-01-01T00:00:00.000Z"), until: utc("2200-01-01T00:00:00.000Z") };
        const { workspaceId } = ticket;
        const [row] = (await storage.lists.answers({ workspaceId, window, limit: 1, cursor: null })).items;
        expectEqual(
          [due.wakeAt, due.firstDueAt, entry?.at, row?.respondedAt, row?.sentAt].map((time) =>
            time?.toISOString(),
          ),
          [iso, iso, iso, iso, iso],
          "wakeAt, firstDueAt, and the times of journal, answer and send",
        );
      }
    },
  },
];
