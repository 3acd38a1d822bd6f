import { describe, expect, test } from "vitest";
import { byDay, facts, figures, line, march, ofEvent, tryOn } from "./a-record.ts";

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

  test("a mail that came back frees its customer, whose next ticket is asked about", () => {
    // S73, S67
    const settings = { cooldownDays: 30 };
    const sent = [...armed("T1", "2 12:00"), line("T1", "2 12:00", "sent", { facts: ada })];
    const next = [...armed("T2", "9 12:00"), line("T2", "9 12:00", "sent", { facts: ada })];
    const cameBack = line("T1", "3 12:00", "bounced:5.1.1");
    expect(figures(tryOn([...sent, cameBack, ...next], { settings }))).toEqual({
      resolved: 2,
      sent: 2,
      customersAsked: 1,
      customersAskedAgain: 1,
    });
    expect(figures(tryOn([...sent, ...next], { settings }))).toMatchObject({
      sent: 1,
      skipped: { asked_recently: 1 },
    });
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
    // They end what waits, too.
    const waits = [...armed("T1", "2 11:00"), links("T1", "2 11:30", "sent:links_issued")];
    expect(figures(tryOn(waits, { settings: { sendDelay: "1_hour" } }))).toEqual(one);
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

  test("of one that was begun before the dry run's own time, too", () => {
    // S11
    const lines = [
      line("T1", "2 12:00", "resolved", { facts: ofEvent({ lateMs: 35_000 }) }),
      line("T1", "2 12:00", "scheduled"),
      line("T1", "2 12:00:30", "claimed:lease_expired", { facts: ada }),
      line("T1", "2 12:00:40", "gave_up:indeterminate"),
    ];
    expect(figures(tryOn(lines))).toEqual({ resolved: 1, failed: { indeterminate: 1 } });
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
