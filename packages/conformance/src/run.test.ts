import { isCsatError } from "@csat/core";
import { describe, expect, test } from "vitest";
import type { ConformanceCase, TestRunner } from "./case.ts";
import { testCases } from "./run.ts";

interface Fixture {
  readonly name: string;
}

/** A runner that writes down what it is told and runs it when asked. */
function aRunner() {
  const told: string[] = [];
  const bodies = new Map<string, () => Promise<void>>();
  const afterEach: (() => Promise<void>)[] = [];
  const runner: TestRunner = {
    describe: (name, body) => {
      told.push(`describe ${name}`);
      body();
    },
    it: (name, body) => {
      told.push(`it ${name}`);
      bodies.set(name, body);
    },
    skip: (name) => void told.push(`skip ${name}`),
    afterEach: (body) => void afterEach.push(body),
  };
  async function run(name: string): Promise<void> {
    try {
      await bodies.get(name)?.();
    } finally {
      for (const body of afterEach) await body();
    }
  }
  return { runner, told, run };
}

/** Two cases, one of which fails, and a harness that counts its fixtures. */
function aSuite(known: Readonly<Record<string, string>> = {}) {
  const seen: string[] = [];
  let created = 0;
  const cases: readonly ConformanceCase<Fixture>[] = [
    { id: "a/works", rule: "It works.", run: async ({ name }) => void seen.push(`ran on ${name}`) },
    {
      id: "a/fails",
      rule: "It fails.",
      run: async () => {
        throw new Error("broken");
      },
    },
  ];
  const harness = {
    known,
    create: async () => {
      created++;
      const name = `fixture ${created}`;
      return { name, close: async () => void seen.push(`closed ${name}`) };
    },
  };
  return { cases, harness, seen };
}

describe("testCases", () => {
  test("every case is registered under the suite's name, by its id and its rule", () => {
    const { runner, told } = aRunner();
    testCases({ name: "mine", runner, ...aSuite() });
    expect(told).toEqual(["describe mine", "it a/works: It works.", "it a/fails: It fails."]);
  });

  test("every case gets a fixture of its own, which is closed also after a failure", async () => {
    const { runner, run } = aRunner();
    const suite = aSuite();
    testCases({ name: "mine", runner, ...suite });
    await run("a/works: It works.");
    await expect(run("a/fails: It fails.")).rejects.toThrow("broken");
    expect(suite.seen).toEqual(["ran on fixture 1", "closed fixture 1", "closed fixture 2"]);
  });

  test("a known case is reported as skipped, with the reason in its name, and its fixture is never made", () => {
    const { runner, told } = aRunner();
    testCases({ name: "mine", runner, ...aSuite({ "a/fails": "no such engine" }) });
    expect(told).toEqual([
      "describe mine",
      "it a/works: It works.",
      "skip a/fails: It fails. (known: no such engine)",
    ]);
  });

  test("an unknown id among the known ones is refused before anything is registered", () => {
    const { runner, told } = aRunner();
    expect(refusalOf(() => testCases({ name: "mine", runner, ...aSuite({ "a/gone": "why" }) }))).toBe(
      'The harness of "mine" knows the case "a/gone", which does not exist. Take it out, or correct the id.',
    );
    expect(told).toEqual([]);
  });

  test("a known case without a reason is refused", () => {
    const { runner } = aRunner();
    expect(refusalOf(() => testCases({ name: "mine", runner, ...aSuite({ "a/fails": " " }) }))).toBe(
      'The harness of "mine" gives no reason for "a/fails". Say why the adapter cannot keep the rule.',
    );
  });
});

/** The message of the `invalid_config` that `work` throws. */
function refusalOf(work: () => void): string | undefined {
  try {
    work();
  } catch (error) {
    return isCsatError(error, "invalid_config") ? error.message : undefined;
  }
  return undefined;
}
