import { testStorage } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { anEmptyFixture } from "./empty-file.ts";

testStorage(
  "sqliteStorage",
  { create: anEmptyFixture },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
