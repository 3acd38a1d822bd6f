import { describe, expect, test } from "vitest";
import { minute, tell, ticketAfter } from "../../../test/transition/words.ts";
import { nothingKnown } from "./ticket-state.ts";

const canceled = { kind: "canceled", surveyId: "srv_1", generation: 1 };

describe("a leaving", () => {
  test.each([
    ["reopened 10", "reopened"],
    ["closed 10", "closed"],
    ["merged 10", "merged"],
    ["closed 0", "closed"],
  ])("cancels what waits: %s", (words, reason) => {
    // S3
    const { survey, outcome, journal } = tell(ticketAfter("resolved 0"), words);
    expect(outcome).toEqual(canceled);
    expect(survey).toMatchObject({ status: "canceled", reason });
    expect(journal).toEqual([`left:${reason}`, `canceled:${reason}`]);
  });

  test.each([
    ["older than the resolution, while it waits", ["resolved 0"], "merged -1", "nothing_pending"],
    ["older than the resolution, during the send", ["resolved 0", "begun A"], "merged -1", "nothing_pending"],
    ["of a ticket nothing is known of", [], "closed 10", "nothing_pending"],
    ["of a ticket that was left before", ["resolved 0", "closed 10"], "reopened 20", "nothing_pending"],
    ["of one that gets no mail", ["resolved 0", "skipped A"], "reopened 20", "nothing_pending"],
    ["of one that was given up", ["resolved 0", "begun A", "refused A"], "reopened 20", "nothing_pending"],
    ["during the send", ["resolved 0", "begun A"], "closed 61", "too_late"],
    ["after the mail", ["resolved 0", "begun A", "accepted A"], "closed 62", "too_late"],
    ["after the answer", ["resolved 0", "begun A", "answered"], "closed 95", "too_late"],
    ["before the mail, told after it", ["resolved 20", "begun A", "accepted A"], "closed 0", "too_late"],
  ])("cancels nothing %s", (_name, said, words, kind) => {
    // S10, S17, S20
    const before = ticketAfter(...said);
    const { survey, outcome, journal } = tell(before, words);
    const reason = words.split(" ")[0];
    expect(outcome).toEqual({ kind });
    expect(survey?.status).toBe(before.survey?.status);
    const late = kind === "too_late" ? [`too_late_to_cancel:${reason}`] : [];
    expect(journal).toEqual([`left:${reason}`, ...late]);
  });

  test("of an erased ticket leaves no trace", () => {
    // S56
    const before = ticketAfter("resolved 0", "erased");
    const { state, outcome, journal } = tell(before, "closed 10");
    expect([state, outcome, journal]).toEqual([before, { kind: "nothing_pending" }, []]);
    expect(state).toBe(before);
  });

  test("leaves a status of a newer release alone", () => {
    // The status is a later release's, which no type of this one knows.
    const survey = { ...ticketAfter("resolved 0").survey, status: "muted" } as never;
    const { outcome, state } = tell({ ...nothingKnown, survey }, "closed 20");
    expect(outcome).toEqual({ kind: "nothing_pending" });
    expect(state.survey).toBe(survey);
  });

  test.each([
    ["the later one counts", ["closed 20", "reopened 10"], 20],
    ["in whatever order", ["reopened 10", "closed 20"], 20],
  ])("of two %s", (_name, said, at) => {
    // S20
    expect(ticketAfter(...said).lastLeftAt).toEqual(minute(at));
  });

  test.each([
    ["while nothing is known", ["closed 10"]],
    ["after it canceled", ["resolved 0", "closed 10"]],
    ["during the send", ["resolved 0", "begun A", "closed 10"]],
    ["after the mail", ["resolved 0", "begun A", "accepted A", "closed 10"]],
    ["behind a resolution", ["resolved 0", "closed 10", "resolved 20"]],
  ])("that comes again changes nothing and adds nothing to the journal: %s", (_name, said) => {
    // S15, S20
    const before = ticketAfter(...said);
    const { state, journal } = tell(before, "closed 10");
    expect(state).toBe(before);
    expect(journal).toEqual([]);
  });
});

describe("a leaving that arrives after the resolution that followed it", () => {
  test("cancels the earlier generation and arms the survey from the later resolution", () => {
    // S5, S20
    const { survey, outcome, journal } = tell(ticketAfter("resolved 0", "resolved 20"), "reopened 10");
    expect(outcome).toEqual({ ...canceled, rearmed: { generation: 2, dueAt: minute(80) } });
    expect(survey).toMatchObject({
      status: "scheduled",
      generation: 2,
      reason: null,
      resolvedAt: minute(20),
      dueAt: minute(80),
      firstDueAt: minute(80),
      remembered: null,
    });
    expect(journal).toEqual(["left:reopened", "canceled:reopened", "scheduled:resolved_again"]);
  });

  test.each([[20], [25]])(
    "cancels the remembered resolution along when it is not later: left at %i",
    (at) => {
      // S20
      const { state, outcome } = tell(ticketAfter("resolved 0", "resolved 20"), `reopened ${at}`);
      expect(outcome).toEqual(canceled);
      expect(tell(state, "reopened 5").survey).toMatchObject({ status: "canceled", remembered: null });
    },
  );

  test("forgets what it armed from: an older leaving does nothing more, a later one cancels for good", () => {
    // S5, S20
    const { state } = tell(ticketAfter("resolved 0", "resolved 40"), "reopened 10");
    expect(tell(state, "reopened 30").outcome).toEqual({ kind: "nothing_pending" });
    expect(tell(state, "reopened 50").outcome).toEqual({ ...canceled, generation: 2 });
  });

  test("arms nothing where a mail may have arrived: it cancels the retry", () => {
    // S4
    const waiting = ticketAfter("resolved 0", "begun A", "unknown A", "resolved 63");
    const { survey, outcome } = tell(waiting, "reopened 62");
    expect(outcome).toEqual(canceled);
    expect(survey).toMatchObject({ status: "canceled", generation: 1 });
  });

  test.each(permutations(["closed 5", "resolved 10", "closed 15", "resolved 20"]))(
    "ends the same in any order: %s, %s, %s, %s",
    (...order) => {
      // S20
      expect(ticketAfter(...order).survey).toMatchObject({
        status: "scheduled",
        resolvedAt: minute(20),
        dueAt: minute(80),
      });
    },
  );
});

describe("during the send the latest leaving is kept", () => {
  test.each([
    [["reopened 61", "closed 62"], { at: minute(62), reason: "closed" }],
    [["closed 62", "reopened 61"], { at: minute(62), reason: "closed" }],
    [["closed 64", "reopened 61", "merged 62"], { at: minute(64), reason: "closed" }],
    [["closed 62", "reopened 62"], { at: minute(62), reason: "closed" }],
    [["merged -1"], null],
  ])("%s", (said, leftMeanwhile) => {
    // S10, S20
    expect(tell(ticketAfter("resolved 0", "begun A"), ...said).survey?.leftMeanwhile).toEqual(leftMeanwhile);
  });
});

function permutations(elements: readonly string[]): readonly (readonly string[])[] {
  if (elements.length < 2) return [elements];
  return elements.flatMap((first, index) =>
    permutations(elements.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}
