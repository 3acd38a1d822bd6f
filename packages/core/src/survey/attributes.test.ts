import { describe, expect, test } from "vitest";
import { readAttributes } from "./attributes.ts";

// S59 to S69 and S85 go by attributes; their limits stand at the head of these rules.

/** As plain objects, so that a failure shows both sides alike. */
function read(value: unknown) {
  const { attributes, dropped } = readAttributes(value);
  return { attributes: { ...attributes }, dropped };
}

const nine = Object.fromEntries("abcdefghi".split("").map((name) => [name, "x"]));

describe("what a host gives", () => {
  test("is kept by name, a list as a set, numbers and booleans as text", () => {
    const given = { team: "billing", tags: ["vip", 7, true], solved_by: 42, is_first: false, orders: 9n };
    expect(read(given)).toEqual({
      attributes: {
        team: "billing",
        tags: ["vip", "7", "true"],
        solved_by: "42",
        is_first: "false",
        orders: "9",
      },
      dropped: [],
    });
  });

  test("leaves out what is no value without a word: null, undefined, blank, an empty set", () => {
    const given = { team: null, plan: undefined, region: " \u200B", tags: [], topics: [null, "", "tax"] };
    expect(read(given)).toEqual({ attributes: { topics: ["tax"] }, dropped: [] });
  });

  test("becomes one line without control characters and overrides of direction", () => {
    expect(read({ team: " bill\u0000ing\r\nEU \u202E", tags: ["a\tb", "\uD800"] }).attributes).toEqual({
      team: "billing EU",
      tags: ["a b", "\uFFFD"],
    });
  });

  test("holds each value of a set once", () => {
    expect(read({ tags: ["vip", "vip ", "new"] })).toEqual({
      attributes: { tags: ["vip", "new"] },
      dropped: [],
    });
  });

  test.each([null, undefined, {}])("may be nothing: %j", (nothing) => {
    expect(read(nothing)).toEqual({ attributes: {}, dropped: [] });
  });
});

describe("what exceeds the limits is dropped from the end and named", () => {
  test("the ninth name and those behind it", () => {
    const { i: _last, ...eight } = nine;
    expect(read(eight)).toEqual({ attributes: eight, dropped: [] });
    expect(read({ ...nine, j: "x" })).toEqual({ attributes: eight, dropped: ["i", "j"] });
  });

  test("names without a value take no place", () => {
    const { a: _first, ...others } = nine;
    expect(read({ ...nine, a: null })).toEqual({ attributes: others, dropped: [] });
  });

  test("the eleventh value of a set", () => {
    const tags = Array.from({ length: 11 }, (_, index) => `t${index}`);
    expect(read({ tags, team: "billing" })).toEqual({
      attributes: { tags: tags.slice(0, 10), team: "billing" },
      dropped: ["tags"],
    });
  });

  test("what stands behind the hundredth place of a list", () => {
    const list = [...Array.from({ length: 100 }, () => "vip"), "new"];
    expect(read({ tags: list })).toEqual({ attributes: { tags: ["vip"] }, dropped: ["tags"] });
  });

  // "team" and "a" have 4 and 1 octets, "ü" has 2.
  test.each([
    ["x".repeat(996), ["team"], []],
    ["x".repeat(997), [], ["team"]],
    ["ü".repeat(498), ["team"], []],
    [`${"ü".repeat(498)}x`, [], ["team"]],
    ["x".repeat(1_000_000), [], ["team"]],
  ])("what is above 1,000 octets of UTF-8 with its name (case %#)", (team, kept, dropped) => {
    const answer = read({ team });
    expect([Object.keys(answer.attributes), answer.dropped]).toEqual([kept, dropped]);
  });

  test("values of a set from that one on which has no room, and all names behind it", () => {
    const given = { a: "x".repeat(899), tags: ["x".repeat(90), "y".repeat(7), "z"], b: "x" };
    // 1 + 899, 4 + 90: six octets are left.
    expect(read(given)).toEqual({
      attributes: { a: given.a, tags: ["x".repeat(90)] },
      dropped: ["tags", "b"],
    });
    // With one octet less they are eight: the second fits, then one is left, which the third takes.
    expect(read({ ...given, a: "x".repeat(897) })).toEqual({
      attributes: { a: "x".repeat(897), tags: given.tags },
      dropped: ["b"],
    });
  });

  test("a name that is none takes no place and no room", () => {
    const given = { Team: "x".repeat(5_000), "": "x", _a: "x", "1st": "x", ["n".repeat(41)]: "x", team: "x" };
    expect(read(given)).toEqual({
      attributes: { team: "x" },
      dropped: ["Team", "(blank)", "_a", "1st", `${"n".repeat(39)}…`],
    });
    expect(read({ ["n".repeat(40)]: "x" }).dropped).toEqual([]);
  });

  test("and no more than twenty of them are named, without addresses and control characters", () => {
    const thousands = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`N${index}`, "x"]));
    expect(read({ ...thousands, team: "x" })).toEqual({
      attributes: { team: "x" },
      dropped: Array.from({ length: 20 }, (_, index) => `N${index}`),
    });
    const names = { "dana@example.com": "x", "a\nb": "x" };
    expect(read(names).dropped).toEqual(["(address)", "a b"]);
  });

  test("names in their thousands are not read once all is full", () => {
    let reads = 0;
    const host = {};
    for (let index = 0; index < 5_000; index++) {
      Object.defineProperty(host, `n${index}`, {
        enumerable: true,
        get: () => {
          reads += 1;
          return "x";
        },
      });
    }
    expect(Object.keys(read(host).attributes)).toHaveLength(8);
    expect(reads).toBe(28);
  });
});

describe("what no rule can compare is dropped, never an error", () => {
  test.each([
    ["an object", { team: {} }],
    ["a function", { team: () => "billing" }],
    ["a symbol", { team: Symbol("billing") }],
    ["a date", { team: new Date(0) }],
    ["NaN", { team: Number.NaN }],
    ["infinity", { team: Number.POSITIVE_INFINITY }],
    ["a Set", { team: new Set(["billing"]) }],
    ["a getter that throws", Object.defineProperty({}, "team", { enumerable: true, get: thrown })],
    ["a proxy that refuses to be read", new Proxy({ team: "x" }, { get: thrown })],
    ["a revoked proxy", { team: revoked() }],
  ])("%s as a value", (_, given) => {
    const { attributes, dropped } = readAttributes(given);
    // The proxy refuses to say what it is, too.
    expect([{ ...attributes }, dropped.length, Object.keys(attributes).length]).toEqual([{}, 1, 0]);
  });

  test("a list keeps its other values", () => {
    expect(read({ tags: ["vip", {}, ["new"], "old"] })).toEqual({
      attributes: { tags: ["vip", "old"] },
      dropped: ["tags"],
    });
  });

  test.each([
    ["a text", "team=billing"],
    ["a number", 7],
    ["a function", () => ({ team: "billing" })],
    ["a list", ["billing"]],
    ["a Map", new Map([["team", "billing"]])],
    ["a proxy without keys to show", new Proxy({}, { ownKeys: thrown })],
    ["a revoked proxy", revoked()],
  ])("%s in place of all", (_, given) => {
    expect(read(given)).toEqual({ attributes: {}, dropped: ["(all)"] });
  });

  test("an instance gives its own fields, not those of its class", () => {
    const inherited = Object.create({ team: "billing" });
    inherited.plan = "pro";
    expect(read(inherited)).toEqual({ attributes: { plan: "pro" }, dropped: [] });
  });
});

describe("names of the language", () => {
  test("__proto__ is no name, and pollutes nothing", () => {
    const given: unknown = JSON.parse('{"__proto__": {"polluted": "yes"}, "team": "billing"}');
    expect(read(given)).toEqual({ attributes: { team: "billing" }, dropped: ["__proto__"] });
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test("constructor is a name like any other, and absent where nobody gave it", () => {
    expect(read({ constructor: "acme" }).attributes).toEqual({ constructor: "acme" });
    expect(readAttributes({ team: "billing" }).attributes.constructor).toBeUndefined();
  });
});

test("what is kept cannot be changed any more", () => {
  const { attributes } = readAttributes({ tags: ["vip"] });
  expect([Object.isFrozen(attributes), Object.isFrozen(attributes.tags)]).toEqual([true, true]);
});

function thrown(): never {
  throw new Error("refused");
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
