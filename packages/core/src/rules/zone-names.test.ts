import { afterAll, afterEach, expect, test, vi } from "vitest";
import { zoneNames } from "./zone-names.ts";

// S66: a valid zone of the customer counts, and customers may have typed it.

const { DateTimeFormat } = Intl;
const formatters = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function formatter(locales, options) {
  return new DateTimeFormat(locales, options);
});
afterEach(() => {
  formatters.mockClear();
});
// Files of a worker share their globals.
afterAll(() => {
  formatters.mockRestore();
});

test("every spelling of a zone has the runtime's one name", () => {
  const zoneOf = zoneNames();
  const spellings = ["Europe/Berlin", "europe/berlin", "EUROPE/BERLIN", "eUrOpE/bErLiN"];
  expect(new Set(spellings.map(zoneOf))).toEqual(new Set(["Europe/Berlin"]));
  expect(zoneOf("utc")).toBe("UTC");
});

test("what is no name is not even looked up: offsets, long texts, what is no text", () => {
  const zoneOf = zoneNames();
  const others = ["+02:00", "-0500", "", " Europe/Berlin", `A${"a".repeat(64)}`, null, undefined, 2, {}];
  expect(others.map(zoneOf)).toEqual(others.map(() => null));
  expect(formatters).not.toHaveBeenCalled();
});

test("an answer is remembered, a no as well", () => {
  const zoneOf = zoneNames();
  const asked = ["Asia/Tokyo", "Mars/Olympus", "Asia/Tokyo", "Mars/Olympus"];
  expect(asked.map(zoneOf)).toEqual(["Asia/Tokyo", null, "Asia/Tokyo", null]);
  expect(formatters).toHaveBeenCalledTimes(2);
});

test("a thousand are remembered at most", () => {
  const zoneOf = zoneNames();
  zoneOf("Asia/Tokyo");
  for (let index = 0; index < 999; index++) zoneOf(`Mars/Crater_${index}`);
  zoneOf("Asia/Tokyo");
  expect(formatters).toHaveBeenCalledTimes(1_000);
  zoneOf("Mars/Crater_999");
  expect(zoneOf("Asia/Tokyo")).toBe("Asia/Tokyo");
  expect(formatters).toHaveBeenCalledTimes(1_002);
});
