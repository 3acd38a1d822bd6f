import { expect, test } from "vitest";
import { undeclaredImports } from "../../scripts/packages/undeclared-imports.ts";

test.each([
  ["a module", "dist/index.js", 'import { z } from "zod/mini";', "zod"],
  ["a module that is loaded later", "dist/index.js", 'await import("zod");', "zod"],
  ["CommonJS", "dist/index.cjs", 'const utc = require("@date-fns/utc/date/mini");', "@date-fns/utc"],
  ["types", "dist/index.d.ts", 'export type { ZodType } from "zod";', "zod"],
  ["types of CommonJS", "dist/index.d.cts", 'declare const made: import("zod").ZodType;', "zod"],
])("%s must not import what the package does not name", (_kind, path, code, imported) => {
  const files = new Map([[path, code]]);
  const named = (...names: string[]) =>
    undeclaredImports({ name: "@csat/core", files, declared: new Set(names) });
  expect(named("hono")).toEqual([
    `${path} imports ${imported}, which the package does not name as a dependency.`,
  ]);
  expect(named("hono", imported)).toEqual([]);
});

test("its own files, its own name and the built-in modules of Node are no imports to name", () => {
  const code =
    'import "./other.js"; import "@csat/core"; import "node:fs"; import "fs/promises"; import "node:test";';
  const files = new Map([["dist/index.js", code]]);
  expect(undeclaredImports({ name: "@csat/core", files, declared: new Set() })).toEqual([]);
});
