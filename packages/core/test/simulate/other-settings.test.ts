import { describe, expect, test } from "vitest";
import { isInSample } from "../../src/policy/ask/in-sample.ts";
import type { RuleDecision, RuleFacts } from "../../src/policy/ask/rule.ts";
import { asked, byDay, facts, figures, line, march, ofEvent, tryOn } from "./a-record.ts";

const ada = facts("ada");
const bob = facts("bob");
const one = { resolved: 1, sent: 1, customersAsked: 1 };

describe("a cooldown that was not in force", () => {
  test("of a flood of twenty tickets of one customer the first is asked about", () => {
    // S61, S67
    const flood = Array.from({ length: 20 }, (_, place) => asked(`T${place}`, `2 12:00:${10 + place}`, ada));
    expect(figures(tryOn(flood.flat()))).toEqual({
      resolved: 20,
      sent: 20,
      customersAsked: 1,
      customersAskedAgain: 1,
    });
    expect(figures(tryOn(flood.flat(), { settings: { cooldownDays: 30 } }))).toEqual({
      ...one,
      resolved: 20,
      skipped: { asked_recently: 19 },
    });
  });

  test("of two that are due at once the one is asked about that was", () => {
    // S61
    const told = (id: string) => [line(id, "2 12:00", "resolved"), line(id, "2 12:00", "scheduled")];
    const lines = [
      line("T0", "2 12:00", "resolved"),
      line("T0", "2 12:00", "not_scheduled:sampled_out"),
      ...["T1", "T2", "T3"].flatMap(told),
      line("T2", "2 12:00", "mail_failed:550", { facts: { ...ada, attempt: "took_nothing" } }),
      line("T2", "2 12:00", "gave_up:refused"),
      line("T1", "2 12:00:01", "sent", { facts: ada }),
      line("T3", "2 12:00:01", "sent", { facts: bob }),
    ];
    const left = [line("T3", "2 12:00", "left:closed", { facts: ofEvent({ lateMs: 60_000 }) })];
    expect(figures(tryOn([...lines, ...left], { settings: { cooldownDays: 1 } }))).toEqual({
      resolved: 4,
      sent: 2,
      failed: { refused: 1 },
      unknown: 1,
      customersAsked: 2,
    });
  });

  test.each([
    ["a second before the days are over", "12 11:59:59", { skipped: { asked_recently: 1 } }],
    ["on the second", "12 12:00:00", { sent: 2, customersAskedAgain: 1 }],
  ])("ends to the second: %s", (_name, time, expected) => {
    // S61
    const tried = tryOn([...asked("T1", "2 12:00", ada), ...asked("T2", time, ada)], {
      settings: { cooldownDays: 10 },
    });
    expect(figures(tried)).toEqual({ ...one, resolved: 2, ...expected });
  });

  test("is each customer's own, and nobody's who has no key", () => {
    // S60
    const nobody = facts(null);
    const lines = [ada, bob, nobody, nobody].flatMap((who, place) =>
      asked(`T${place}`, `2 1${place}:00`, who),
    );
    const tried = tryOn(lines, { settings: { cooldownDays: 30 } });
    expect(figures(tried)).toEqual({ resolved: 4, sent: 4, customersAsked: 2 });
  });

  test("counts from the days before the range on", () => {
    // S67
    const lines = [...asked("T1", "2 12:00", ada), ...asked("T2", "20 12:00", ada)];
    const tried = tryOn(lines, { settings: { cooldownDays: 30 }, range: ["10", "31"] });
    expect(figures(tried)).toEqual({ resolved: 1, skipped: { asked_recently: 1 } });
  });

  test("the next one due is asked about when the first was refused, and not when it may have arrived", () => {
    // S61
    const first = (attempt: "took_nothing" | "may_have_arrived", reason: string) => [
      line("T1", "2 12:00", "resolved"),
      line("T1", "2 12:00", "scheduled"),
      line("T1", "2 12:00", "mail_failed:550", { facts: { ...ada, attempt } }),
      line("T1", "2 12:00", `gave_up:${reason}`),
    ];
    const next = asked("T2", "2 12:01", ada);
    const settings = { cooldownDays: 1 };
    expect(figures(tryOn([...first("took_nothing", "refused"), ...next], { settings }))).toEqual({
      ...one,
      resolved: 2,
      failed: { refused: 1 },
    });
    expect(figures(tryOn([...first("may_have_arrived", "indeterminate"), ...next], { settings }))).toEqual({
      resolved: 2,
      failed: { indeterminate: 1 },
      skipped: { asked_recently: 1 },
    });
  });

  test("after an answer counts for whoever answered, and none is invented", () => {
    // S61, S67
    const answer = line("T1", "3 12:00", "answered");
    const lines = [...asked("T1", "2 12:00", ada), answer, ...asked("T2", "4 12:00", ada)];
    const settings = { answerCooldownDays: 90 };
    expect(figures(tryOn(lines, { settings }))).toEqual({
      ...one,
      resolved: 2,
      skipped: { asked_recently: 1 },
    });
    // The mail that was answered would not have gone out.
    const skipFirst = {
      name: "not_t1",
      decide: ({ ticketId }: RuleFacts): RuleDecision => (ticketId === "T1" ? "skip" : "ask"),
    };
    expect(figures(tryOn(lines, { settings, rules: [skipFirst] }))).toEqual({
      ...one,
      resolved: 2,
      skipped: { "rule:not_t1": 1 },
    });
  });
});

describe("a sample that was not in force", () => {
  test("asks about exactly the tickets that are in it", () => {
    // S62
    const ids = Array.from({ length: 200 }, (_, place) => `T${place}`);
    const lines = ids.flatMap((id) => asked(id, "2 12:00", facts(id)));
    const isIn = (ticketId: string) => isInSample({ workspaceId: "acme", ticketId, percent: 25 });
    const sent = ids.filter(isIn).length;
    expect(sent).toBeGreaterThan(30);
    const tried = tryOn(lines, { settings: { samplePercent: 25 } });
    expect(figures(tried)).toEqual({
      resolved: 200,
      sent,
      skipped: { sampled_out: 200 - sent },
      customersAsked: sent,
    });
  });

  test("of a ticket that was not in the one in force nothing is known", () => {
    // S67
    const lines = [line("T1", "2 12:00", "resolved"), line("T1", "2 12:00", "not_scheduled:sampled_out")];
    expect(figures(tryOn(lines))).toEqual({ resolved: 1, unknown: 1 });
    // But this much: surveys that are off, and a resolution that is told of too late, need no facts.
    expect(figures(tryOn(lines, { settings: { enabled: false } }))).toEqual({
      resolved: 1,
      skipped: { csat_disabled: 1 },
    });
  });
});

describe("another delay", () => {
  const dayLater = [
    line("T1", "2 12:00", "resolved"),
    line("T1", "2 12:00", "scheduled"),
    line("T1", "3 12:00", "sent", { facts: ada }),
  ];

  test("a shorter one asks sooner, by facts that were recorded later", () => {
    // S67
    expect(byDay(tryOn(dayLater))).toEqual({ "2026-03-02": "1 0 0" });
    expect(byDay(tryOn(dayLater, { linesPerRead: 1 }))).toEqual({ "2026-03-02": "1 0 0" });
  });

  test("a longer one asks later, unless the ticket is reopened before", () => {
    // S3
    const settings = { sendDelay: "3_days" } as const;
    expect(byDay(tryOn(dayLater, { settings }))).toEqual({ "2026-03-05": "1 0 0" });
    const left = line("T1", "4 12:00", "left:reopened");
    expect(figures(tryOn([...dayLater, left], { settings }))).toEqual({
      resolved: 1,
      canceled: { reopened: 1 },
    });
  });

  test("a ticket that was reopened before its time has no facts for a shorter one", () => {
    // S67
    const lines = [
      ...dayLater.slice(0, 2),
      line("T1", "2 13:00", "left:reopened"),
      line("T1", "2 13:00", "canceled:reopened"),
    ];
    expect(figures(tryOn(lines, { settings: { sendDelay: "24_hours" } }))).toEqual({
      resolved: 1,
      canceled: { reopened: 1 },
    });
    expect(figures(tryOn(lines))).toEqual({ resolved: 1, unknown: 1 });
  });

  test("what would still wait is said, and what was decided behind the range has a day", () => {
    const tried = tryOn(dayLater, { settings: { sendDelay: "3_days" }, now: march("4 12:00") });
    expect(figures(tried)).toEqual({ resolved: 1, waiting: 1 });
    const behind = tryOn(dayLater, { settings: { sendDelay: "24_hours" }, range: ["2", "3"] });
    expect(behind.daily.map(({ day, sent }) => [day, sent])).toEqual([
      ["2026-03-02", 0],
      ["2026-03-03", 1],
    ]);
  });
});

describe("rules that were not in force", () => {
  const rule = (decide: (given: RuleFacts) => RuleDecision) => [{ name: "tried", decide }];

  test("one that puts off counts on its day, and the mail on the day of its sending", () => {
    // S63
    const monday = march("9 08:00");
    const rules = rule(({ now }) => (now < monday ? { notBefore: monday } : "ask"));
    const tried = tryOn(asked("T1", "7 12:00", ada), { rules });
    expect(figures(tried)).toEqual({ ...one, deferred: { "rule:tried": 1 } });
    expect(byDay(tried)).toEqual({ "2026-03-07": "0 1 0", "2026-03-09": "1 0 0" });
  });

  test("are asked on what was kept of the ticket", () => {
    // S63
    const given: RuleFacts[] = [];
    const rules = rule((seen) => {
      given.push(seen);
      return seen.attributes.team === "vip" ? "ask" : "skip";
    });
    const kept = {
      assigneeId: "bob",
      resolvedBy: "olivia",
      timeZone: "Asia/Tokyo",
      locale: "ja",
      channel: "sms",
    };
    const lines = [
      ...asked("T1", "2 12:00", facts("ada", { ...kept, attributes: { team: "vip" } })),
      ...asked("T2", "2 13:00", facts("bob")),
    ];
    expect(figures(tryOn(lines, { rules }))).toEqual({ ...one, resolved: 2, skipped: { "rule:tried": 1 } });
    expect(given[0]).toMatchObject({
      workspaceId: "acme",
      ticketId: "T1",
      now: march("2 12:00"),
      resolvedAt: march("2 12:00"),
      resolvedBy: "olivia",
      assigneeId: "bob",
      channel: "sms",
      customer: { timeZone: "Asia/Tokyo", locale: "ja" },
    });
  });

  test("one that throws holds the survey up until it is too late", () => {
    // S63
    const rules = rule(() => {
      throw new Error("no");
    });
    const lines = asked("T1", "2 12:00", ada);
    expect(figures(tryOn(lines, { rules }))).toEqual({ resolved: 1, skipped: { expired: 1 } });
  });

  test("one that puts off for ever ends as unknown", () => {
    const rules = rule(({ now }) => ({ notBefore: new Date(now.getTime() + 1) }));
    const lines = asked("T1", "2 12:00", ada);
    expect(figures(tryOn(lines, { rules }))).toMatchObject({ resolved: 1, unknown: 1 });
  });

  test("without the one in force, mails go out when they were due, and end as they did", () => {
    // S67
    const lines = (end: readonly ReturnType<typeof line>[]) => [
      line("T1", "6 20:00", "resolved"),
      line("T1", "6 20:00", "scheduled"),
      line("T1", "6 20:00", "deferred:rule:hours", { facts: ada, eligibleAt: march("9 08:00") }),
      ...end,
    ];
    const sent = lines([line("T1", "9 08:00", "sent", { facts: ada })]);
    // Others go on while its end is read.
    const others = [line("T2", "7 12:00", "left:closed"), line("T3", "8 12:00", "left:closed")];
    const oneByOne = tryOn([...sent, ...others], { linesPerRead: 1 });
    expect(byDay(oneByOne)).toEqual({ "2026-03-06": "1 0 0" });
    const refused = lines([
      line("T1", "9 08:00", "mail_failed:550", { facts: { ...ada, attempt: "took_nothing" } }),
      line("T1", "9 08:00", "gave_up:refused"),
    ]);
    expect(figures(tryOn(refused))).toEqual({ resolved: 1, failed: { refused: 1 } });
    const never = lines([line("T1", "9 08:00", "skipped:rule:hours", { facts: ada })]);
    expect(figures(tryOn(never))).toEqual(one);
    const left = lines([
      line("T1", "9 08:00", "mail_failed:450", { facts: { ...ada, attempt: "took_nothing" } }),
      line("T1", "9 08:01", "left:merged", { facts: ofEvent({ lateMs: 20 }) }),
      line("T1", "9 08:01", "canceled:merged"),
    ]);
    expect(figures(tryOn(left))).toEqual(one);
  });

  test("nobody is asked whom the facts say never to ask", () => {
    // S65
    const lines = [
      ...asked("T1", "2 12:00", facts("ada", { isRoleAddress: true })),
      ...asked("T2", "2 13:00", facts("bob", { isOneself: true })),
    ];
    expect(figures(tryOn(lines))).toEqual({ resolved: 2, skipped: { asked_oneself: 1, role_address: 1 } });
  });
});
