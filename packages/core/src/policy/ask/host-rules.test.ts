import { UTCDateMini } from "@date-fns/utc/date/mini";
import { describe, expect, test } from "vitest";
import { decideByRules } from "./host-rules.ts";
import type { AskRule, RuleFacts } from "./rule.ts";

const now = new Date("2026-03-10T15:00:00.000Z");
const later = new Date("2026-03-10T15:00:00.001Z");

const facts: RuleFacts = {
  workspaceId: "w1",
  ticketId: "t1",
  now,
  resolvedAt: new Date("2026-03-10T14:00:00.000Z"),
  resolvedBy: "op-1",
  assigneeId: null,
  channel: "email",
  customer: { timeZone: "Europe/Berlin", locale: "de" },
  attributes: { team: "billing", tags: ["vip", "new"] },
};

/** A rule that answers what no type allows. */
function ruleOf(name: string, decide: (facts: RuleFacts) => unknown): AskRule {
  // What JavaScript lets a host write.
  return { name, decide } as AskRule;
}

const ask = ruleOf("ask", () => "ask");
const skip = ruleOf("skip", () => "skip");
const defer = ruleOf("defer", () => ({ notBefore: later }));
const thrown = new Error("no such team");
const failing = ruleOf("failing", () => {
  throw thrown;
});
const neverAsked = ruleOf("never-asked", () => {
  throw new Error("asked all the same");
});

describe("the first rule that says no decides", () => {
  // S59, S63
  test.each([
    ["no rule", [], { kind: "ask" }],
    ["all say ask", [ask, ask], { kind: "ask" }],
    ["skip", [ask, skip, neverAsked], { kind: "skip", rule: "skip" }],
    ["defer", [ask, defer, neverAsked], { kind: "defer", rule: "defer", until: later }],
    ["skip before defer", [skip, defer], { kind: "skip", rule: "skip" }],
    ["defer before skip", [defer, skip], { kind: "defer", rule: "defer", until: later }],
    ["failure", [ask, failing, neverAsked], { kind: "failed", rule: "failing", error: thrown }],
    ["skip before failure", [skip, failing], { kind: "skip", rule: "skip" }],
  ])("%s", (_, rules, decision) => {
    expect(decideByRules(rules, facts)).toEqual(decision);
  });

  // S63
  test("asked as a method of its rule", () => {
    const rule = {
      name: "of_a_class",
      quiet: true,
      decide() {
        return this.quiet ? ("skip" as const) : ("ask" as const);
      },
    };
    expect(decideByRules([rule], facts)).toEqual({ kind: "skip", rule: "of_a_class" });
  });
});

describe("notBefore", () => {
  // S63
  test.each(["2026-03-10T15:00:00.000Z", "2026-03-10T14:59:59.999Z", "1970-01-01T00:00:00.000Z"])(
    "at or before now is a yes, and the next rule is asked: %s",
    (moment) => {
      const rule = ruleOf("opened", () => ({ notBefore: new Date(moment) }));
      expect(decideByRules([rule], facts)).toEqual({ kind: "ask" });
      expect(decideByRules([rule, skip], facts)).toEqual({ kind: "skip", rule: "skip" });
    },
  );

  // S63: drivers read local fields, which in another kind of Date are another zone's.
  test("of another kind of Date becomes a plain one", () => {
    const decision = decideByRules([ruleOf("utc", () => ({ notBefore: new UTCDateMini(later) }))], facts);
    expect(decision).toEqual({ kind: "defer", rule: "utc", until: later });
    const until = "until" in decision ? decision.until : null;
    expect(Object.getPrototypeOf(until)).toBe(Date.prototype);
    expect(until).not.toBe(later);
  });

  test("beyond what a database keeps is the last day that it keeps", () => {
    const rule = ruleOf("never", () => ({ notBefore: new Date(8.64e15) }));
    const until = new Date("9998-12-31T00:00:00.000Z");
    expect(decideByRules([rule], facts)).toEqual({ kind: "defer", rule: "never", until });
  });
});

describe("nonsense is a failure by the rule's name, never a lost survey", () => {
  // S63
  test.each([
    ["null", null],
    ["undefined", undefined],
    ["true", true],
    ["an unknown word", "yes"],
    ["an empty object", {}],
    ["a list", ["ask"]],
    ["an invalid date", { notBefore: new Date(Number.NaN) }],
    ["a date as text", { notBefore: "2026-03-11" }],
    ["a date as a number", { notBefore: 1 }],
    ["a date by itself", later],
    ["an impostor of a date", { notBefore: { [Symbol.toStringTag]: "Date" } }],
    [
      "a getter that throws",
      Object.defineProperty({}, "notBefore", {
        get: () => {
          throw thrown;
        },
      }),
    ],
  ])("%s", (_, answer) => {
    const decision = decideByRules([ruleOf("odd", () => answer), neverAsked], facts);
    expect(decision).toEqual({ kind: "failed", rule: "odd", error: expect.any(Error) });
  });

  // S63: rules are synchronous.
  test("a promise, whatever it would have said", () => {
    const decision = decideByRules([ruleOf("slow", async () => "ask")], facts);
    expect(decision).toMatchObject({ kind: "failed", rule: "slow" });
    expect(String("error" in decision && decision.error)).toBe(
      "TypeError: answered a promise, but a rule must decide at once",
    );
  });

  test("a promise that is refused ends no process", async () => {
    const refused = ruleOf("slow", () => Promise.reject(new Error("in vain")));
    const get = (_: object, field: unknown) => (field === "then" ? failing.decide : undefined);
    const thenable = ruleOf("odd", () => new Proxy({}, { get }));
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    expect(decideByRules([refused], facts)).toMatchObject({ kind: "failed", rule: "slow" });
    expect(decideByRules([thenable], facts)).toMatchObject({ kind: "failed", rule: "odd" });
    // Node tells of them once the queue of promises is empty: before the next message.
    await new Promise((told) => {
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = () => {
        port1.close();
        told(null);
      };
      port1.postMessage(null);
    });
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
});

describe("what a rule is given", () => {
  // S63
  test("are those facts alone, whatever else the caller holds", () => {
    const seen: RuleFacts[] = [];
    const more = { ...facts, subject: "Refund", customer: { ...facts.customer, email: "dana@example.com" } };
    decideByRules([ruleOf("sees", (given) => seen.push(given))], more);
    expect(seen).toEqual([facts]);
    expect(seen[0]?.attributes.constructor).toBeUndefined();
  });

  // S63
  test.each([
    ["a fact", (given: RuleFacts) => Object.assign(given, { channel: "chat" })],
    ["the customer", (given: RuleFacts) => Object.assign(given.customer, { locale: "en" })],
    ["the attributes", (given: RuleFacts) => Object.assign(given.attributes, { team: "sales" })],
    ["a set", (given: RuleFacts) => Reflect.apply(Array.prototype.push, given.attributes.tags, ["x"])],
  ])("cannot be changed: %s", (_, change) => {
    const decision = decideByRules([ruleOf("meddler", change), neverAsked], facts);
    expect(decision).toEqual({ kind: "failed", rule: "meddler", error: expect.any(TypeError) });
  });

  // S63: freezing does not hold a Date.
  test("has dates of its own: one that is moved moves nobody else's", () => {
    const meddler = ruleOf("meddler", (given) => {
      given.now.setTime(0);
      given.resolvedAt.setTime(0);
      return "ask";
    });
    const seen: unknown[] = [];
    const next = ruleOf("next", (given) => {
      seen.push(given.now.toISOString(), given.resolvedAt.toISOString());
      return { notBefore: later };
    });
    expect(decideByRules([meddler, next], facts)).toMatchObject({ kind: "defer", until: later });
    expect(seen).toEqual(["2026-03-10T15:00:00.000Z", "2026-03-10T14:00:00.000Z"]);
    expect(facts.now.toISOString()).toBe("2026-03-10T15:00:00.000Z");
  });

  test("leaves what the caller holds as it was", () => {
    const own = { ...facts, attributes: { tags: ["vip"] } };
    decideByRules([ask], own);
    expect([Object.isFrozen(own), Object.isFrozen(own.attributes.tags)]).toEqual([false, false]);
  });
});
