import { describe, expect, test } from "vitest";
import { minute, tell, ticketAfter } from "../../../test/transition/words.ts";
import { nothingKnown } from "./ticket-state.ts";

describe("a resolution", () => {
  test("arms a ticket's first survey at its time and the delay", () => {
    // S1, S2
    const { survey, outcome, journal } = tell(nothingKnown, "resolved 0 by ada");
    expect(outcome).toEqual({ kind: "scheduled", surveyId: "srv_1", generation: 1, dueAt: minute(60) });
    expect(survey).toMatchObject({ status: "scheduled", resolvedAt: minute(0), firstDueAt: minute(60) });
    expect(journal).toEqual(["resolved", "scheduled"]);
  });

  test.each([
    ["another actor says the same", "resolved 0 by bob"],
    ["a later one", "resolved 20"],
    ["an earlier one", "resolved -5"],
  ])("of a ticket that is resolved already moves nothing: %s", (_name, words) => {
    // S1, S20
    const { survey, outcome } = tell(ticketAfter("resolved 0 by ada"), words);
    expect(outcome).toEqual({ kind: "not_surveyed", reason: "already_scheduled" });
    expect(survey).toMatchObject({
      status: "scheduled",
      generation: 1,
      dueAt: minute(60),
      firstDueAt: minute(60),
    });
  });

  test.each([
    ["canceled", ["resolved 0", "reopened 10"]],
    ["skipped", ["resolved 0", "skipped A"]],
    ["refused", ["resolved 0", "begun A", "refused A"]],
    ["failed", ["resolved 0", "begun A", "busy at last A"]],
  ])("arms a survey anew that was %s and reached nobody", (_name, said) => {
    // S4, S5
    const { survey, outcome } = tell(ticketAfter(...said), "resolved 20");
    expect(outcome).toEqual({ kind: "scheduled", surveyId: "srv_1", generation: 2, dueAt: minute(80) });
    expect(survey).toMatchObject({
      status: "scheduled",
      reason: null,
      attempts: 0,
      armedAt: minute(100),
      firstDueAt: minute(80),
      lastError: null,
    });
  });

  test.each([
    ["sent", ["resolved 0", "begun A", "accepted A"]],
    ["answered", ["resolved 0", "begun A", "answered"]],
    ["canceled after a mail that may have arrived", ["resolved 0", "begun A", "unknown A", "closed 62"]],
    ["skipped after one", ["resolved 0", "begun A", "unknown A", "skipped B"]],
    ["given up after one", ["resolved 0", "begun A", "unknown at last A"]],
    ["erased", ["resolved 0", "erased"]],
  ])("never arms a survey again that was %s", (_name, said) => {
    // S4, S56
    const before = ticketAfter(...said);
    const { survey, outcome } = tell(before, "resolved 200");
    expect(outcome).toEqual({ kind: "not_surveyed", reason: "already_surveyed" });
    expect(survey).toBe(before.survey);
  });

  test.each([
    ["the one that armed it", ["resolved 0", "skipped A"], "resolved 0", "already_scheduled"],
    ["one before that", ["resolved 0", "skipped A"], "resolved -10", "already_scheduled"],
    ["the one that a leaving canceled", ["resolved 0", "reopened 10"], "resolved 0", "left_since"],
    ["one at the time of the leaving", ["resolved 0", "reopened 10"], "resolved 10", "left_since"],
    ["one before a leaving that came first", ["closed 10"], "resolved 5", "left_since"],
    [
      "one before a leaving during the send",
      ["resolved 0", "begun A", "closed 62"],
      "resolved 61",
      "left_since",
    ],
  ])("that is late news arms nothing: %s", (_name, said, words, reason) => {
    // S20
    const before = ticketAfter(...said);
    const { survey, outcome, journal } = tell(before, words);
    expect(outcome).toEqual({ kind: "not_surveyed", reason });
    expect(survey).toBe(before.survey);
    expect(journal.at(-1) ?? `not_scheduled:${reason}`).toBe(`not_scheduled:${reason}`);
  });

  test.each([
    ["nothing is known of", [], null],
    ["was canceled", ["resolved 0", "reopened 10"], "canceled"],
  ])(
    "while surveys are off is written down and arms nothing, for a ticket that %s",
    (_name, said, status) => {
      // S7, S19
      const { survey, outcome, journal } = tell(ticketAfter(...said), "unasked 20");
      expect(outcome).toEqual({ kind: "not_surveyed", reason: "csat_disabled" });
      expect(survey?.status ?? null).toBe(status);
      expect(journal).toEqual(["resolved", "not_scheduled:csat_disabled"]);
    },
  );

  test("leaves a status of a newer release alone", () => {
    // The status is a later release's, which no type of this one knows.
    const survey = { ...ticketAfter("resolved 0").survey, status: "muted" } as never;
    const { outcome, state } = tell({ ...nothingKnown, survey }, "resolved 20");
    expect(outcome).toEqual({ kind: "not_surveyed", reason: "already_scheduled" });
    expect(state.survey).toBe(survey);
  });
});

describe("what is remembered while a survey waits or is sent", () => {
  test.each([
    ["the later of two", ["resolved 20", "resolved 40"], { resolvedAt: minute(40), duringSend: false }],
    ["whatever came first", ["resolved 40", "resolved 20"], { resolvedAt: minute(40), duringSend: false }],
    [
      "that it came during the send",
      ["begun A", "resolved 62"],
      { resolvedAt: minute(62), duringSend: true },
    ],
    [
      "that one of them did",
      ["begun A", "resolved 62", "busy A", "resolved 65"],
      { resolvedAt: minute(65), duringSend: true },
    ],
    ["nothing older than the one that armed it", ["resolved 0", "resolved -5"], null],
  ])("%s", (_name, said, remembered) => {
    // S5
    const { survey } = tell(ticketAfter("resolved 0"), ...said);
    const seen = survey?.remembered ?? null;
    expect(seen === null ? null : { resolvedAt: seen.resolvedAt, duringSend: seen.duringSend }).toEqual(
      remembered,
    );
  });
});

describe("the resolver", () => {
  test.each([
    ["is the earliest, in whatever order they are told", ["resolved 20 by bob", "resolved 0 by ada"], "ada"],
    ["is not a later one", ["resolved 0 by ada", "resolved 20 by bob"], "ada"],
    ["of equal times is the smaller id", ["resolved 0 by bob", "resolved 0 by ada"], "ada"],
    ["of equal times stays the smaller id", ["resolved 0 by ada", "resolved 0 by bob"], "ada"],
    ["of equal times is never an automation", ["resolved 0", "resolved 0 by zoe"], "zoe"],
    ["of equal times stays the person", ["resolved 0 by zoe", "resolved 0"], "zoe"],
    ["is an automation when that came first", ["resolved 0", "resolved 20 by ada"], null],
    ["counts while surveys are off", ["unasked 0 by ada", "resolved 20 by bob"], "ada"],
    [
      "is still found after the answer",
      ["resolved 20 by bob", "begun A", "answered", "resolved 0 by ada"],
      "ada",
    ],
    ["is kept by a ticket that was left since", ["closed 50", "resolved 0 by ada"], "ada"],
  ])("%s", (_name, said, actorId) => {
    // S46, S47
    expect(ticketAfter(...said).firstResolution).toMatchObject({ actorId });
  });
});

describe("an event that comes again", () => {
  test.each([
    ["while the survey waits", ["resolved 0 by ada"], "resolved 0 by ada"],
    ["after it was sent", ["resolved 0", "begun A", "accepted A"], "resolved 0"],
    ["after it was left", ["resolved 0", "closed 10"], "resolved 0"],
    ["while another is remembered", ["resolved 0", "resolved 20"], "resolved 20"],
    ["while surveys are off", ["unasked 0"], "unasked 0"],
    [
      "behind seven others",
      ["resolved 0", ...[1, 2, 3, 4, 5, 6, 7].map((at) => `resolved ${at}`)],
      "resolved 0",
    ],
  ])("changes nothing and adds nothing to the journal: %s", (_name, said, words) => {
    // S1, S15, S20
    const before = ticketAfter(...said);
    const { state, journal } = tell(before, words);
    expect(state).toBe(before);
    expect(journal).toEqual([]);
  });

  test("arms when surveys were off the first time, and says only that", () => {
    // S7, S20
    const { journal, outcome } = tell(ticketAfter("unasked 0"), "resolved 0");
    expect(outcome.kind).toBe("scheduled");
    expect(journal).toEqual(["scheduled"]);
  });

  test("is news again behind eight others: a ticket remembers no more", () => {
    const others = [1, 2, 3, 4, 5, 6, 7, 8].map((at) => `resolved ${at}`);
    const before = ticketAfter("resolved 0", ...others);
    expect(before.recent).toHaveLength(8);
    expect(tell(before, "resolved 0").journal).toEqual(["resolved", "not_scheduled:already_scheduled"]);
  });
});
