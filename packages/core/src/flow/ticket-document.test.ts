import { describe, expect, test } from "vitest";
import { tell, ticketAfter } from "../../test/transition/words.ts";
import { nothingKnown } from "../policy/transition/ticket-state.ts";
import type { Json } from "../ports/store/head.ts";
import { fromDocument, toDocument } from "./ticket-document.ts";

/** As a store gives it back. */
function stored(document: Json): Json {
  return JSON.parse(JSON.stringify(document));
}

test.each([
  ["nothing known", []],
  ["waiting", ["resolved 0 by ada", "resolved 20"]],
  ["being sent", ["resolved 0", "begun A", "reopened 61", "resolved 62"]],
  ["sent", ["resolved 0", "begun A", "accepted A", "closed 70"]],
  ["answered", ["resolved 0", "begun A", "answered"]],
  ["given up", ["resolved 0", "begun A", "unknown at last A"]],
  ["put off", ["resolved 0", "put off A"]],
  ["erased", ["resolved 0 by ada", "erased"]],
])("what is written is read again: %s", (_name, said) => {
  const state = ticketAfter(...said);
  expect(fromDocument(stored(toDocument(state)))).toEqual(state);
});

test("what says nothing is not written", () => {
  expect(toDocument(nothingKnown)).toEqual({ v: 1 });
  expect(toDocument(ticketAfter("resolved 0 by ada", "erased"))).toEqual({ v: 1, erased: true });
  expect(toDocument(ticketAfter("resolved 0 by ada"))).toEqual({
    v: 1,
    firstResolution: { at: "2026-03-02T09:00:00.000Z", actorId: "ada" },
    recent: ["resolved 1772442000000 ada"],
    survey: {
      id: "srv_1",
      status: "scheduled",
      generation: 1,
      resolvedAt: "2026-03-02T09:00:00.000Z",
      dueAt: "2026-03-02T10:00:00.000Z",
      armedAt: "2026-03-02T10:40:00.000Z",
      firstDueAt: "2026-03-02T10:00:00.000Z",
    },
  });
});

test("nothing is known where nothing is stored", () => {
  expect(fromDocument(null)).toBe(nothingKnown);
});

describe("what a newer release wrote", () => {
  const document = stored(toDocument(ticketAfter("resolved 0 by ada", "begun A", "answered"))) as {
    readonly survey: { readonly [name: string]: { readonly [name: string]: Json } };
    readonly firstResolution: { readonly [name: string]: Json };
  }; // As asserted above.
  const { survey } = document;
  const newer = {
    ...document,
    channel: "sms",
    firstResolution: { ...document.firstResolution, team: "night" },
    survey: {
      ...survey,
      tone: ["kind"],
      page: { ...survey.page, theme: "dark" },
      answer: { ...survey.answer, effort: 3 },
    },
  };

  test("is kept by an older one, at every depth", () => {
    expect(stored(toDocument(fromDocument(newer)))).toEqual(newer);
    const { state } = tell(fromDocument(newer), "closed 95");
    expect(stored(toDocument(state))).toMatchObject({ channel: "sms", survey: newer.survey });
  });

  test("also in the survey's send, its memory and its leavings", () => {
    const sending = stored(
      toDocument(ticketAfter("resolved 0", "begun A", "reopened 61", "resolved 62")),
    ) as {
      readonly survey: { readonly [name: string]: { readonly [name: string]: Json } };
    }; // As asserted above.
    const more = (field: string) => ({ [field]: { ...sending.survey[field], more: "yes" } });
    const grown = {
      ...sending,
      survey: { ...sending.survey, ...more("begun"), ...more("remembered"), ...more("leftMeanwhile") },
    };
    expect(stored(toDocument(fromDocument(grown)))).toEqual(grown);
  });

  test("may have a status of its own", () => {
    const muted = { ...document, survey: { ...document.survey, status: "muted" } };
    expect(fromDocument(muted).survey?.status).toBe("muted");
  });
});

const sound = stored(toDocument(ticketAfter("resolved 0"))) as { readonly survey: object }; // As asserted above.
test.each([
  ["of a version to come", { ...sound, v: 2 }, "v"],
  ["without a version", { ...sound, v: undefined }, "v"],
  ["with a time that is none", { ...sound, survey: { ...sound.survey, dueAt: "soon" } }, "survey.dueAt"],
  ["without a time", { ...sound, survey: { ...sound.survey, dueAt: undefined } }, "survey.dueAt"],
  ["with a number for a status", { ...sound, survey: { ...sound.survey, status: 3 } }, "survey.status"],
  ["with a number for a reason", { ...sound, survey: { ...sound.survey, reason: 3 } }, "survey.reason"],
  [
    "with a rating that is none",
    { ...sound, survey: { ...sound.survey, answer: { rating: 6, respondedAt: "2026-03-02T09:00:00.000Z" } } },
    "survey.answer.rating",
  ],
  ["that is a list", [], ""],
])("a document %s is refused, and the field is named", (_name, document, field) => {
  // A document is JSON; what is undefined is left out of that.
  expect(() => fromDocument(document as Json)).toThrow(
    expect.objectContaining({ code: "storage_failed", message: expect.stringContaining(`(${field})`) }),
  );
});
