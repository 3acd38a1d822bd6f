import { describe, expect, test } from "vitest";
import { outcomeOfFailure } from "./outcome-of-failure.ts";

const outcomeOf = (error: unknown, contentMayHaveLeft: boolean) =>
  outcomeOfFailure({ error, contentMayHaveLeft });

// Nodemailer before 10 drains a message after such an error, which looks as if it had been sent.
describe("codes that stand before the content alone prove that nothing was taken", () => {
  for (const [code, concerns] of [
    ["EAUTH", "sender"],
    ["EOAUTH2", "sender"],
    ["EDNS", "route"],
    ["ETLS", "route"],
    ["EPROXY", "route"],
    ["ECONFIG", "route"],
  ] as const) {
    test(`${code} concerns the ${concerns}`, () => {
      expect(outcomeOf({ code }, true)).toEqual({
        kind: "unavailable",
        error: `mail (${code})`,
        concerns,
      });
    });
  }

  test("an envelope that Nodemailer does not take is the recipient's; whose a mail is that is too large, nobody knows", () => {
    const envelope = outcomeOf({ code: "EENVELOPE", command: "API" }, true);
    expect(envelope).toMatchObject({ kind: "unavailable", concerns: "recipient" });
    const tooLarge = outcomeOf({ code: "EMESSAGE", command: "MAIL FROM" }, true);
    expect(tooLarge).toMatchObject({ kind: "unavailable", concerns: "unknown" });
  });
});

// S11
test("a message that fails while it is read was not taken before the content, and is open since", () => {
  expect(outcomeOf({ code: "ESTREAM", command: "API" }, false)).toMatchObject({
    kind: "unavailable",
    concerns: "unknown",
  });
  expect(outcomeOf({ code: "ESTREAM", command: "API" }, true)).toEqual({
    kind: "unknown",
    error: "API (ESTREAM)",
  });
});

test("whatever is thrown has an outcome", () => {
  for (const thrown of [
    null,
    undefined,
    "ann@customer.example",
    7,
    {},
    { code: 5, command: {}, response: [] },
  ]) {
    expect(outcomeOf(thrown, true)).toEqual({ kind: "unknown", error: "mail failed" });
    expect(outcomeOf(thrown, false)).toEqual({
      kind: "unavailable",
      error: "mail failed",
      concerns: "route",
    });
  }
});

test("the system's own code is told beside Nodemailer's", () => {
  const error = { code: "ESOCKET", command: "CONN", originalCode: "ECONNREFUSED" };
  expect(outcomeOf(error, false)).toMatchObject({ error: "connection (ESOCKET, ECONNREFUSED)" });
});
