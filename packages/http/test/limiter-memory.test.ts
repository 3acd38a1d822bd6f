import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { fixedWindowLimiter } from "../src/fixed-window-limiter.ts";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

function heapAfterCollection(): number {
  if (typeof collect === "function") collect();
  return process.memoryUsage().heapUsed;
}

test("the limiter keeps 200 characters of a key, and not the text that they were cut from", async () => {
  const allow = fixedWindowLimiter({
    perToken: 1,
    perAddress: 1,
    windowMs: 60_000,
    elapsedMs: () => 0,
    addressOf: (request) => request.headers.get("x-forwarded-for"),
  });
  const request = new Request("https://desk.example/csat/r/x");
  const before = heapAfterCollection();
  for (let index = 0; index < 300; index++) await allow(request, `${index}${"a".repeat(1_000_000)}`);
  // Three hundred keys of 200 characters are 60 kB; the texts were 300 MB.
  expect(heapAfterCollection() - before).toBeLessThan(50_000_000);
  // They are still counted.
  expect(await allow(request, `${7}${"a".repeat(1_000_000)}`)).toBe(false);
});
