import { describe, expect, test } from "vitest";
import { isCsatError } from "../errors.ts";
import type { RuleFacts } from "../policy/ask/rule.ts";
import { type SendHours, sendWindow } from "./send-window.ts";

const office: SendHours = {
  days: ["mon", "tue", "wed", "thu", "fri"],
  from: "09:00",
  to: "17:00",
  timeZone: "America/New_York",
};

// Tue 10 March 2026, 10:00 in Berlin (UTC+1) and 05:00 in New York (UTC-4): inside there, outside here until 13:00Z.
const now = new Date("2026-03-10T09:00:00.000Z");
const atNewYork = { notBefore: new Date("2026-03-10T13:00:00.000Z") };

function factsOf(timeZone: string | null): RuleFacts {
  return {
    workspaceId: "w1",
    ticketId: "t1",
    now,
    resolvedAt: now,
    resolvedBy: null,
    assigneeId: null,
    channel: "email",
    customer: { timeZone, locale: null },
    attributes: {},
  };
}

function issuesOf(options: unknown): readonly string[] {
  try {
    sendWindow(options as SendHours); // On purpose: bad input.
  } catch (error) {
    if (isCsatError(error, "invalid_config")) return error.issues.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe("whose clock counts", () => {
  // S66
  test.each(["Europe/Berlin", "europe/berlin", "EUROPE/BERLIN"])(
    "the customer's, in any spelling: %s",
    (zone) => {
      expect(sendWindow(office).decide(factsOf(zone))).toBe("ask");
    },
  );

  // S66
  test.each([
    null,
    "",
    " ",
    "Mars/Olympus",
    "W. Europe Standard Time",
    "Europe/Berlin ",
    "Europe/Berlin\u0000",
    "+01:00",
    "constructor",
    "__proto__",
    "x".repeat(100_000),
  ])("the host's where the customer's zone is unknown or none (case %#)", (zone) => {
    expect(sendWindow(office).decide(factsOf(zone))).toEqual(atNewYork);
  });

  test("also when customers made up more zones than are remembered", () => {
    const rule = sendWindow(office);
    for (let index = 0; index < 1_500; index++) {
      expect(rule.decide(factsOf(`Mars/Crater_${index % 1_100}`))).toEqual(atNewYork);
    }
    expect(rule.decide(factsOf("Europe/Berlin"))).toBe("ask");
  });
});

// S63
test("the same facts give the same answer, whatever was asked between", () => {
  const rule = sendWindow(office);
  const ask = () => [factsOf("Europe/Berlin"), factsOf(null)].map((facts) => rule.decide(facts));
  const first = ask();
  rule.decide({ ...factsOf("Pacific/Apia"), now: new Date("2011-12-30T10:00:00.000Z") });
  expect(ask()).toEqual(first);
});

// S63
test("its name is send_window, or what the host calls it, and the rule cannot be changed", () => {
  expect(sendWindow(office).name).toBe("send_window");
  const named = sendWindow({ ...office, name: "business_hours" });
  expect([named.name, Object.isFrozen(named)]).toEqual(["business_hours", true]);
});

test("a list of days that changes later changes no rule", () => {
  const days: SendHours["days"][number][] = ["tue"];
  const rule = sendWindow({ ...office, days });
  days[0] = "sun";
  expect(rule.decide(factsOf("Europe/Berlin"))).toBe("ask");
});

describe("wrong options are refused by their field, at the start", () => {
  test.each([
    [{ days: [] }, ["days"]],
    [{ days: "mon" }, ["days"]],
    [{ days: undefined }, ["days"]],
    [{ days: ["mon", "Tue", 3, "sunday"] }, ["days.1", "days.2", "days.3"]],
    [{ from: "9:00" }, ["from"]],
    [{ from: "24:00" }, ["from"]],
    [{ from: "09:60" }, ["from"]],
    [{ from: "09:00:00" }, ["from"]],
    [{ from: 9 }, ["from"]],
    [{ to: "24:01" }, ["to"]],
    [{ to: "5pm" }, ["to"]],
    [{ to: null }, ["to"]],
    [{ timeZone: "Mars/Olympus" }, ["timeZone"]],
    [{ timeZone: "+01:00" }, ["timeZone"]],
    [{ timeZone: "" }, ["timeZone"]],
    [{ timeZone: undefined }, ["timeZone"]],
    [{ timeZone: "constructor" }, ["timeZone"]],
    [{ name: "Business hours" }, ["name"]],
    [{ name: "" }, ["name"]],
    [{ name: null }, ["name"]],
    [
      { days: ["x"], from: "x", to: "x", timeZone: "x", name: "X" },
      ["days.0", "from", "to", "timeZone", "name"],
    ],
  ])("%j: %j", (changed, paths) => {
    expect(issuesOf({ ...office, ...changed })).toEqual(paths);
  });

  test.each([undefined, null, "09:00", 7])("%j is no options", (options) => {
    expect(issuesOf(options)).toEqual(["days", "from", "to", "timeZone"]);
  });

  test("in words that say what to write", () => {
    expect(() => sendWindow({ ...office, from: "9", timeZone: "Berlin" })).toThrow(
      "sendWindow was given wrong options: from must be a time such as 09:00; " +
        "timeZone must be an IANA name that this runtime knows.",
    );
  });
});
