import { expect, test } from "vitest";
import { newId } from "./id.ts";

test("ids do not repeat and carry at least 128 random bits", () => {
  const ids = Array.from({ length: 5_000 }, () => newId());
  expect(new Set(ids).size).toBe(5_000);
  // 26 places of 32 values each are 130 bits, if every place takes every value.
  for (let index = 0; index < 26; index++) {
    expect(new Set(ids.map((id) => id.at(-1 - index))).size).toBe(32);
  }
});

test("an id is a valid Message-ID local part, a URL segment and part of a BullMQ job id", () => {
  for (let round = 0; round < 500; round++) {
    const id = newId("srv");
    expect(id).toMatch(/^srv_[2-9a-km-np-z]{26}$/);
    expect(id).not.toContain(":");
    expect(encodeURIComponent(id)).toBe(id);
  }
});

test("an id is never digits alone, with a prefix or without", () => {
  expect(newId()).toMatch(/^id_/);
  expect(newId("evt")).toMatch(/^evt_/);
});

test("an id survives a store that folds case", () => {
  const id = newId();
  expect(id.toLowerCase()).toBe(id);
});
