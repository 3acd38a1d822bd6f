import { describe, expect, test } from "vitest";
import { asked, facts, figures, line, march, ofEvent, tryOn } from "./a-record.ts";

const ada = facts("ada");
const one = { resolved: 1, sent: 1, customersAsked: 1 };
const armed = (ticketId: string, time: string) => [
  line(ticketId, time, "resolved", { actorId: "olivia" }),
  line(ticketId, time, "scheduled"),
];

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
      [
        // S73
        "came back",
        [line("T1", "11 12:00", "sent", { facts: ada }), line("T1", "12 12:00", "bounced:5.1.1")],
        "",
      ],
      [
        "of another, whom nobody knows, came back",
        [
          line("T1", "11 12:00", "sent", { facts: ada }),
          line("T7", "2 12:00", "bounced:5.1.1"),
          line("T8", "2 12:00", "skipped:opted_out", { eligibleAt: march("30") }),
          line("T8", "3 12:00", "bounced:5.1.1"),
        ],
        "asked_recently",
      ],
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
      const tried = tryOn(
        [...waits, ...end, ...later].toSorted((a, b) => a.at.getTime() - b.at.getTime()),
        { settings, range },
      );
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
      line("T6", "12 12:00", "scheduled"),
      line("T8", "8 12:00", "let_in"),
      line("T8", "8 13:00", "skipped:role_address", { facts: facts("eve") }),
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

  test("links of then are their customer's", () => {
    const lines = [
      line("T1", "5 12:00", "resolved", { facts: { ...ada, isForLinks: true } }),
      line("T1", "5 12:00", "sent:links_issued"),
    ];
    expect(figures(tryOn([...lines, ...later], { settings, range }))).toEqual({
      resolved: 1,
      skipped: { asked_recently: 1 },
    });
  });

  test("no line that comes behind what is settled is waited for", () => {
    const lines = [...asked("T1", "2 12:00", ada), ...asked("T2", "20 12:00", ada)];
    const tried = tryOn(lines, { range: ["2", "3"], linesPerRead: 1 });
    expect(figures(tried)).toEqual(one);
  });
});
