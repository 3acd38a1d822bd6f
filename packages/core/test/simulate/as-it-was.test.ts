import { describe, expect, test } from "vitest";
import { asked, byDay, facts, figures, line, march, ofEvent, tryOn } from "./a-record.ts";

const ada = facts("ada");
const one = { resolved: 1, sent: 1, customersAsked: 1 };
const armed = (ticketId: string, time: string) => [
  line(ticketId, time, "resolved", { actorId: "olivia" }),
  line(ticketId, time, "scheduled"),
];

describe("what the helpdesk told happens as it did", () => {
  test("when it was told, which may be late, or ahead of our clock", () => {
    // S20
    const left = line("T1", "2 09:00", "left:closed", { facts: ofEvent({ lateMs: 7_200_000 }) });
    const late = { ...line("T1", "2 08:00", "resolved"), facts: ofEvent({ lateMs: 3_600_000 }) };
    const sent = [line("T1", "2 09:00", "scheduled"), line("T1", "2 10:00", "sent", { facts: ada })];
    const settings = { sendDelay: "1_hour" } as const;
    // It was due when it was told of.
    expect(figures(tryOn([late, ...sent, left], { settings }))).toEqual(one);
    const ahead = { ...line("T2", "2 10:04", "resolved"), facts: ofEvent({ lateMs: -240_000 }) };
    const lines = [line("T2", "2 10:00", "scheduled"), ahead, line("T2", "2 10:04", "sent", { facts: ada })];
    expect(figures(tryOn(lines))).toEqual(one);
  });

  test("a resolution that was told before may arm when it is told again", () => {
    const again = line("T1", "2 13:00", "scheduled", { facts: ofEvent({ lateMs: 3_600_000 }) });
    const lines = [
      line("T1", "2 12:00", "resolved"),
      line("T1", "2 12:00", "not_scheduled:csat_disabled"),
      again,
      line("T1", "2 13:00", "sent", { facts: ada }),
    ];
    // Surveys are on in the dry run: its mail went out at the first telling, and the second one is no news.
    expect(byDay(tryOn(lines))).toEqual({ "2026-03-02": "1 0 0" });
    expect(figures(tryOn(lines, { settings: { enabled: false } }))).toEqual({
      resolved: 1,
      skipped: { csat_disabled: 1 },
    });
  });

  test("left out, let in, and asking nobody after one resolution", () => {
    // S64
    const lines = [
      ...armed("T1", "2 12:00"),
      line("T1", "2 12:30", "left_out"),
      line("T1", "2 12:30", "canceled:left_out"),
      line("T1", "3 12:00", "resolved"),
      line("T1", "3 12:00", "not_scheduled:left_out"),
      line("T1", "4 12:00", "let_in"),
      line("T1", "5 12:00", "resolved", { facts: ofEvent({ ask: false }) }),
      line("T1", "5 12:00", "not_scheduled:left_out"),
      ...armed("T1", "6 12:00"),
      line("T1", "6 13:00", "sent", { facts: ada }),
    ];
    expect(figures(tryOn(lines, { settings: { sendDelay: "1_hour" } }))).toEqual({
      ...one,
      canceled: { left_out: 1 },
      skipped: { left_out: 2 },
    });
  });

  test("an answer that the host took ends what waits, and sends again start anew", () => {
    // S82
    const phone = [...armed("T1", "2 12:00"), line("T1", "2 12:10", "answered:phone", { actorId: "bob" })];
    expect(figures(tryOn(phone, { settings: { sendDelay: "1_hour" } }))).toEqual({ resolved: 1 });
    const refused = [
      ...armed("T2", "2 12:00"),
      line("T2", "2 12:00", "mail_failed:550", { facts: { ...ada, attempt: "took_nothing" } }),
      line("T2", "2 12:00", "gave_up:refused"),
      line("T2", "3 12:00", "scheduled:retry_failed"),
      line("T2", "3 12:00", "sent", { facts: ada }),
    ];
    expect(figures(tryOn(refused))).toEqual({ ...one, failed: { refused: 1 } });
  });

  test("links that the host asked for are decided again", () => {
    // S81
    const links = (ticketId: string, time: string, told: string, change: object = {}) =>
      line(ticketId, time, told, { facts: { ...ada, isForLinks: true, ...change } });
    const lines = [
      links("T1", "2 12:00", "sent:links_issued"),
      links("T2", "2 13:00", "resolved"),
      line("T2", "2 13:00", "sent:links_issued"),
      links("T3", "2 14:00", "resolved"),
      line("T3", "2 14:00", "skipped:csat_disabled"),
      links("T4", "2 15:00", "skipped:ticket_not_resolved", { wasOpen: true }),
    ];
    expect(figures(tryOn(lines))).toEqual({
      resolved: 2,
      sent: 3,
      customersAsked: 1,
      customersAskedAgain: 1,
      skipped: { ticket_not_resolved: 1 },
    });
    expect(figures(tryOn(lines, { settings: { cooldownDays: 1, samplePercent: 100 } }))).toEqual({
      resolved: 2,
      sent: 1,
      customersAsked: 1,
      skipped: { asked_recently: 2, ticket_not_resolved: 1 },
    });
    const unknown = { ...facts(null), isForLinks: true };
    expect(figures(tryOn([line("T1", "2 12:00", "sent:links_issued", { facts: unknown })]))).toEqual({
      sent: 1,
    });
    // What another release wrote without a customer says nothing.
    expect(
      figures(tryOn([line("T1", "2 12:00", "sent:links_issued", { facts: ofEvent({ isForLinks: true }) })])),
    ).toEqual({});
  });
});

describe("what is none of the policy's business", () => {
  test.each([
    "no_customer_email",
    "no_customer_address",
    "no_channel",
    "ticket_not_found",
    "ticket_not_resolved",
  ])("the host said %s", (reason) => {
    // S6
    const lines = [...armed("T1", "2 12:00"), line("T1", "2 13:00", `skipped:${reason}`)];
    expect(figures(tryOn(lines, { settings: { sendDelay: "1_hour" } }))).toEqual({
      resolved: 1,
      skipped: { [reason]: 1 },
    });
    // Sooner, it might not have been committed: it is looked for until two minutes are over.
    expect(figures(tryOn(lines))).toEqual({ resolved: 1, skipped: { [reason]: 1 } });
  });

  test("what held a survey up holds it up again, and retries come when they came", () => {
    // S12
    const tried = { ...ada, attempt: "took_nothing" as const };
    const lines = [
      ...armed("T1", "2 23:00"),
      line("T1", "2 23:00", "mail_failed:ticket_source_failed"),
      line("T1", "2 23:00", "mail_failed:450", { facts: tried, at: march("2 23:00:30") }),
      line("T1", "3 00:30", "claimed:lease_expired", { facts: ada }),
      line("T1", "3 00:30", "mail_failed:450", { facts: tried }),
      line("T1", "3 01:00", "sent", { facts: ada }),
    ];
    // Something else is read in between: what is held goes on when the record does.
    lines.push(line("T2", "2 23:40", "left:closed"));
    for (const linesPerRead of [1, 100])
      expect(byDay(tryOn(lines, { linesPerRead }))).toEqual({ "2026-03-03": "1 0 0" });
    expect(figures(tryOn(lines.slice(0, 4)))).toEqual({ resolved: 1, waiting: 1 });
  });

  test("a send that never came back and was given up may have arrived", () => {
    // S11
    const lines = [
      ...armed("T1", "2 12:00"),
      line("T1", "2 12:01", "mail_failed:no attempt came back"),
      line("T1", "2 12:01", "gave_up:indeterminate"),
    ];
    expect(figures(tryOn(lines))).toEqual({ resolved: 1, unknown: 1 });
    const known = [
      ...lines.slice(0, 2),
      line("T1", "2 12:01", "claimed:lease_expired", { facts: ada }),
      ...lines.slice(2),
    ];
    expect(figures(tryOn(known))).toEqual({ resolved: 1, failed: { indeterminate: 1 } });
    // Of one that was skipped on the way it says no more.
    const skipped = [
      ...known.slice(0, 3),
      line("T1", "2 12:01", "skipped:left_out"),
      line("T1", "2 12:01", "gave_up:indeterminate"),
    ];
    expect(figures(tryOn(skipped))).toEqual({ resolved: 1, failed: { indeterminate: 1 } });
  });

  test("of a send that was given up at another time it says the same", () => {
    // S11
    const lines = [
      ...armed("T1", "2 12:00"),
      line("T1", "2 12:00:30", "claimed:lease_expired", { facts: ada }),
      line("T1", "2 20:00", "gave_up:indeterminate"),
    ];
    expect(figures(tryOn(lines, { settings: { sendDelay: "1_hour" } }))).toEqual({
      resolved: 1,
      failed: { indeterminate: 1 },
    });
  });

  test("a resolution while a survey waits counts with it", () => {
    // S5
    const lines = [
      ...armed("T1", "2 12:00"),
      line("T1", "2 12:30", "resolved"),
      line("T1", "2 12:30", "not_scheduled:already_scheduled"),
      line("T1", "2 13:00", "sent", { facts: ada }),
    ];
    expect(figures(tryOn(lines, { settings: { sendDelay: "1_hour" } }))).toEqual(one);
  });

  test("an erased ticket is over, and a line that nobody knows says nothing", () => {
    // S56
    const lines = [
      line("T1", "2 12:00", "erased"),
      line("T1", "3 12:00", "resolved"),
      line("T1", "3 12:00", "not_scheduled:already_surveyed"),
      line("T2", "3 12:00", "teleported"),
      line("T3", "3 12:00", "too_late_to_cancel:closed"),
    ];
    expect(figures(tryOn(lines))).toEqual({ resolved: 1, skipped: { already_surveyed: 1 } });
  });
});

describe("of the time before the range", () => {
  const range = ["10", "31"] as const;
  const settings = { cooldownDays: 30, answerCooldownDays: 30 };
  const later = asked("T9", "20 12:00", ada);

  test("what was armed then takes its places as it did, in the range too", () => {
    // S67
    const waits = [line("T1", "9 12:00", "resolved"), line("T1", "9 12:00", "scheduled")];
    const ends: [string, readonly ReturnType<typeof line>[], string][] = [
      ["sent", [line("T1", "11 12:00", "sent", { facts: ada })], "asked_recently"],
      [
        "may have arrived",
        [
          line("T1", "11 12:00", "mail_failed:x", { facts: { ...ada, attempt: "may_have_arrived" } }),
          line("T1", "11 12:00", "gave_up:indeterminate"),
        ],
        "asked_recently",
      ],
      [
        "took nothing",
        [
          line("T1", "11 12:00", "mail_failed:x", { facts: { ...ada, attempt: "took_nothing" } }),
          line("T1", "11 12:00", "gave_up:refused"),
        ],
        "",
      ],
      ["answered", [line("T1", "11 12:00", "answered", { facts: ada })], "asked_recently"],
      ["canceled", [line("T1", "11 12:00", "canceled:closed")], ""],
      [
        "no news",
        [
          line("T1", "11 12:00", "skipped:asked_recently", { facts: ada, eligibleAt: march("30") }),
          line("T1", "11 12:00", "too_late_to_cancel:closed"),
        ],
        "",
      ],
    ];
    for (const [name, end, reason] of ends) {
      const tried = tryOn([...waits, ...end, ...later], { settings, range });
      const expected = reason === "" ? one : { resolved: 1, skipped: { [reason]: 1 } };
      expect(figures(tried), name).toEqual(expected);
    }
  });

  test("a resolution while it waits is none of the range's; one behind it is", () => {
    const lines = [
      ...armed("T1", "9 12:00"),
      line("T1", "11 12:00", "resolved"),
      line("T1", "11 12:00", "not_scheduled:already_scheduled"),
      line("T1", "12 12:00", "canceled:reopened"),
      ...asked("T1", "13 12:00", ada),
    ];
    expect(figures(tryOn(lines, { range }))).toEqual(one);
  });

  test("what ended in silence, since its no was told before, ends so again", () => {
    // S59
    const no = { facts: ada, eligibleAt: march("25 12:00") };
    const lines = [
      line("T0", "1 12:00", "sent:links_issued", { facts: { ...ada, isForLinks: true } }),
      ...armed("T1", "8 12:00"),
      line("T1", "8 12:00", "skipped:asked_recently", { ...no, eligibleAt: march("31 12:00") }),
      ...armed("T1", "9 12:00"),
      line("T1", "12 12:00", "resolved"),
      line("T1", "12 12:00", "scheduled"),
      line("T2", "18 12:00", "left:closed"),
    ];
    // Nothing was kept beside a no that was not told.
    expect(figures(tryOn(lines, { settings, range }))).toEqual({ resolved: 1, waiting: 1 });
    const known = [...lines, line("T1", "12 12:00", "claimed:lease_expired", { facts: ada })];
    expect(figures(tryOn(known, { settings, range }))).toEqual({ resolved: 1 });
  });

  test("the latest answer counts, whichever was told of last, and one of nobody known for none", () => {
    // S61
    const lines = [
      line("T1", "5 12:00", "sent", { facts: ada }),
      line("T2", "5 13:00", "sent", { facts: ada }),
      line("T1", "9 12:00", "answered"),
      line("T2", "8 12:00", "answered:phone", { facts: ofEvent({ lateMs: 172_800_000 }) }),
      line("T3", "9 12:00", "answered"),
      line("T4", "9 12:00", "sent", { facts: facts(null) }),
      line("T4", "9 13:00", "answered"),
    ];
    const answered = { answerCooldownDays: 12 };
    expect(
      figures(tryOn([...lines, ...asked("T9", "21 11:59", ada)], { settings: answered, range })),
    ).toEqual({
      resolved: 1,
      skipped: { asked_recently: 1 },
    });
    expect(
      figures(tryOn([...lines, ...asked("T9", "21 12:00", ada)], { settings: answered, range })),
    ).toEqual(one);
  });

  test("a ticket that was used up, or left out, long before is known by the record's answer", () => {
    // S4, S64
    const lines = [
      line("T1", "12 12:00", "resolved"),
      line("T1", "12 12:00", "not_scheduled:already_surveyed"),
      line("T2", "12 12:00", "resolved"),
      line("T2", "12 12:00", "not_scheduled:left_out"),
      line("T3", "8 12:00", "left_out"),
      line("T3", "12 12:00", "resolved"),
      line("T3", "12 12:00", "not_scheduled:left_out"),
      line("T4", "8 12:00", "left_out"),
      line("T4", "9 12:00", "let_in"),
      line("T4", "9 12:00", "gave_up:indeterminate", { at: march("9 11:00") }),
      line("T5", "8 12:00", "sent", { facts: ada }),
      line("T5", "12 12:00", "resolved"),
      line("T5", "12 12:00", "not_scheduled:already_surveyed"),
      line("T5", "12 13:00", "answered"),
      line("T6", "9 12:00", "scheduled:retry_failed"),
      line("T7", "12 12:00", "scheduled:resolved_again"),
      line("T7", "12 12:00", "sent", { facts: facts(null) }),
    ];
    expect(figures(tryOn(lines, { range, settings }))).toEqual({
      resolved: 4,
      skipped: { already_surveyed: 2, left_out: 2 },
    });
    expect(
      figures(tryOn([...lines, ...later], { range, settings: { answerCooldownDays: 30 } })),
    ).toMatchObject({
      skipped: { already_surveyed: 2, asked_recently: 1, left_out: 2 },
    });
  });

  test("of thousands that ended it is remembered who was asked, and whom a no was told", () => {
    const first = asked("first", "2 12:00", ada);
    const no = asked("no", "2 12:30", ada);
    const others = Array.from({ length: 2_100 }, (_, place) => [
      ...armed(`T${place}`, "3 12:00"),
      line(`T${place}`, "3 12:00", "skipped:no_customer_email"),
    ]);
    const again = ["first", "no"].flatMap((id) => [
      line(id, "4 12:00", "left:reopened"),
      ...asked(id, "5 12:00", ada),
    ]);
    const tried = tryOn([...first, ...no, ...others.flat(), ...again], { settings: { cooldownDays: 30 } });
    expect(figures(tried)).toEqual({
      ...one,
      resolved: 2_102,
      skipped: { already_surveyed: 1, asked_recently: 1, no_customer_email: 2_100 },
    });
  });

  test("no line that comes behind what is settled is waited for", () => {
    const lines = [...asked("T1", "2 12:00", ada), ...asked("T2", "20 12:00", ada)];
    const tried = tryOn(lines, { range: ["2", "3"], linesPerRead: 1 });
    expect(figures(tried)).toEqual(one);
  });
});
