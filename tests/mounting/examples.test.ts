import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { form } from "./requests.ts";
import { startExample } from "./start-example.ts";

const examples = join(import.meta.dirname, "../../examples");

describe.each(["hono", "express", "fastify", "next"])("examples/%s", (name) => {
  test("has at most 60 lines of code, and imports published names only", () => {
    const files = readdirSync(join(examples, name, "src"), { recursive: true, encoding: "utf8" });
    const sources = files
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(examples, name, "src", file), "utf8"));
    const lines = sources.flatMap((text) => text.trimEnd().split("\n"));
    expect(lines.length).toBeLessThanOrEqual(60);
    const imports = sources.flatMap((text) => [...text.matchAll(/from "([^"]+)"/g)].map((match) => match[1]));
    const ours = imports.filter((path) => path?.includes("csat") && !path.startsWith("."));
    expect(ours.length).toBeGreaterThan(2);
    expect(ours.filter((path) => !/^@csat\/(core|memory|http|http\/node)$/.test(path ?? ""))).toEqual([]);
  });

  test("npm start serves a survey that can be answered", async () => {
    const example = await startExample(join(examples, name));
    try {
      const survey = await fetch(example.origin);
      expect(survey.url).toContain("/csat/r/");
      expect(await survey.text()).toContain('value="5" required checked');
      expect((await fetch(survey.url, form({ rating: "5" }))).status).toBe(201);
      expect((await fetch(survey.url, form({ rating: "4" }))).status).toBe(409);
    } finally {
      await example.stop();
    }
  });
});
