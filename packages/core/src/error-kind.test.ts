import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { errorCode, errorInWords, errorKind, errorsWithin, foreignText, sqlState } from "./error-kind.ts";
import { CsatError } from "./errors.ts";

const coded = (code: unknown, more: object = {}) => Object.assign(new Error("x"), { code, ...more });

describe("the code of an error", () => {
  test.each<readonly [string, unknown, string | null]>([
    ["of a driver", coded("40001"), "40001"],
    ["that drizzle wrapped", new Error("Failed query", { cause: coded("23505") }), "23505"],
    ["that Sequelize wrapped", Object.assign(new Error("x"), { original: coded("40P01") }), "40P01"],
    [
      "that Sequelize wrapped, under its other name",
      Object.assign(new Error("x"), { parent: coded("55P03") }),
      "55P03",
    ],
    ["that TypeORM wrapped", Object.assign(new Error("x"), { driverError: coded("57014") }), "57014"],
    ["that Prisma wrapped, behind its own", coded("P2010", { meta: { code: "40001" } }), "40001"],
    [
      "that Prisma's adapter wrapped",
      coded("P2010", { meta: { driverAdapterError: { cause: { originalCode: "40001" } } } }),
      "40001",
    ],
    ["of a class with letters", coded("XX001"), "XX001"],
    ["of a storage's error", new CsatError("storage_failed", "x", { cause: coded("42P01") }), "42P01"],
    [
      "four wrappers deep",
      new Error("1", { cause: { original: { parent: { driverError: coded("08006") } } } }),
      "08006",
    ],
    ["of mysql2", coded("ER_LOCK_DEADLOCK", { sqlState: "40001" }), "40001"],
    ["that is a plain object", { code: "23514" }, "23514"],
    ["of another realm", runInNewContext("Object.assign(new Error('x'), { code: '40001' })"), "40001"],
    ["of the system", coded("EPIPE"), null],
    ["of Prisma alone", coded("P2002"), null],
    ["that is a number", coded(40001), null],
    ["that there is none of", new Error("x"), null],
    ["of nothing", undefined, null],
  ])("SQLSTATE: one %s", (_name, error, expected) => {
    expect(sqlState(error)).toBe(expected);
  });

  test.each<readonly [string, unknown, string | null]>([
    ["the system's", coded("ECONNREFUSED"), "ECONNREFUSED"],
    ["one of several addresses", new AggregateError([coded("ETIMEDOUT")], ""), "ETIMEDOUT"],
    ["an own one of an ORM, where there is no SQLSTATE", coded("P2002"), "P2002"],
    ["the SQLSTATE before the one around it", coded("ERR_X", { cause: coded("40001") }), "40001"],
    ["none that is a sentence", coded("my password is x"), null],
    ["none of 10,000 characters", coded("A".repeat(10_000)), null],
  ])("%s", (_name, error, expected) => {
    expect(errorCode(error)).toBe(expected);
  });

  test("cycles and endless chains end", () => {
    const one: { cause?: unknown } = {};
    const other = { cause: one, original: one };
    one.cause = other;
    expect(errorsWithin(one)).toEqual([one, other]);
    const endless = (): object => ({
      get cause() {
        return endless();
      },
    });
    expect(errorsWithin(endless())).toHaveLength(20);
    expect(errorCode(endless())).toBe(null);
  });

  test("an error whose fields throw has none", () => {
    const broken = new Proxy(new Error("x"), {
      get() {
        throw new Error("trap");
      },
    });
    expect(errorKind(broken)).toBe("Error");
  });
});

describe("an error in the log", () => {
  test.each<readonly [string, unknown, string]>([
    ["name and code", coded("ECONNREFUSED"), "Error (ECONNREFUSED)"],
    [
      "name and first words",
      new TypeError("Cannot read properties of undefined (reading 'email')"),
      "TypeError: Cannot read properties of undefined",
    ],
    [
      "a whole short sentence",
      new Error("Connection terminated unexpectedly"),
      "Error: Connection terminated unexpectedly",
    ],
    [
      "the name of a class of the host",
      Object.assign(new Error("no"), { name: "HttpError" }),
      "HttpError: no",
    ],
    ["of our own the code", new CsatError("storage_failed", "secret"), "storage_failed"],
    [
      "of our own the code, and that of the cause",
      new CsatError("storage_failed", "x", { cause: coded("40001") }),
      "storage_failed (40001)",
    ],
    [
      "of an answer out of shape the field",
      new CsatError("invalid_answer", "The ticket source answered out of shape: workspaceName must be text."),
      "invalid_answer: The ticket source answered out of shape: workspaceName must be text.",
    ],
    ["of what is no error its type", "dana@example.com is gone", "string"],
    ["of nothing", null, "null"],
    ["of another realm", runInNewContext("new TypeError('no ticket')"), "TypeError: no ticket"],
    // What is a value, or may be one, ends the words.
    ["no address", new Error("dana@example.com bounced"), "Error"],
    ["no parameters", new Error("Failed query: insert into x\nparams: my comment"), "Error: Failed query"],
    [
      "no quoted value",
      new SyntaxError(`Unexpected token 'm', "my comment" is not valid JSON`),
      "SyntaxError: Unexpected token",
    ],
    ["no token", new Error("GET https://help.example.com/r/k3J9xQ2m failed"), "Error: GET"],
    ["no number", new Error("card 4111111111111111 refused"), "Error: card"],
    ["no endless word", new Error("x".repeat(100_000)), "Error"],
    ["no more than ten words", new Error("a b c d e f g h i j k l"), "Error: a b c d e f g h i j"],
    ["no line break", new Error("one\r\ntwo"), "Error: one two"],
    ["no name that is a sentence", Object.assign(new Error("x y"), { name: "drop\ntable" }), "Error: x y"],
  ])("%s", (_what, error, expected) => {
    expect(errorInWords(error)).toBe(expected);
  });

  test("what is stored of it holds no word of others", () => {
    expect(errorKind(new TypeError("not mine to say"))).toBe("TypeError");
    expect(errorKind(coded("ECONNREFUSED"))).toBe("Error (ECONNREFUSED)");
  });
});

describe("a text of others", () => {
  test.each<readonly [string, unknown, string]>([
    ["stays when it is short and plain", "RCPT TO 550 5.1.1 (EENVELOPE)", "RCPT TO 550 5.1.1 (EENVELOPE)"],
    ["loses NUL, which no database stores", "a\u0000b", "ab"],
    ["loses half a surrogate", "a\ud83d", "a\ufffd"],
    ["is on one line", "450\r\n4.7.1 later", "450 4.7.1 later"],
    ["names no address", "<dana@example.com> unknown", "<(address)> unknown"],
    ["is cut at 200 characters, not within one", "😀".repeat(300), `${"😀".repeat(199)}…`],
    [
      "names no address that the cut would have halved",
      `${"a ".repeat(98)}dana@example.com`,
      `${"a ".repeat(98)}(ad…`,
    ],
    ["is empty when it is none", { toString: () => "x" }, ""],
  ])("%s", (_what, text, expected) => {
    expect(foreignText(text)).toBe(expected);
  });
});
