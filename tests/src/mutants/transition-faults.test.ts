import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { transitionFaults } from "./transition-faults.ts";
import { whomToAskFaults } from "./whom-to-ask-faults.ts";

const faults = [...transitionFaults, ...whomToAskFaults];

const packages = new URL("../../../packages/", import.meta.url);

test.each(faults)("$name: its right text stands once in its file", async ({ file, right, wrong }) => {
  const source = await readFile(new URL(file, packages), "utf8");
  expect(source.split(right)).toHaveLength(2);
  expect(wrong).not.toBe(right);
});

test("every file of the transition that decides has a fault", async () => {
  const names = await readdir(new URL("core/src/policy/transition/", packages));
  const deciding = names.filter((name) => !name.endsWith(".test.ts") && name !== "transition.ts");
  const faulty = new Set(faults.map(({ file }) => file.split("/").at(-1)));
  expect(deciding.filter((name) => !faulty.has(name))).toEqual([]);
});
