import { expect, test } from "vitest";
import { webhookTransport } from "../src/index.ts";
import { deliverTo } from "./support/deliver.ts";
import { anEvent } from "./support/events.ts";
import { aReceiver } from "./support/receiver.ts";

const tooLate = {
  ok: false,
  retryable: true,
  retryAfterMs: null,
  error: "no answer within 50 ms",
  errorType: "timeout",
};

test("a receiver that never answers fails when the time is over", async () => {
  const receiver = await aReceiver({ answer: () => {} });
  expect(await deliverTo({ url: receiver.origin, options: { timeoutMs: 50 } })).toEqual(tooLate);
});

test("a lookup that never ends fails when the time is over", async () => {
  const lookup = () => new Promise<readonly string[]>(() => {});
  expect(await deliverTo({ url: "https://hooks.example", options: { timeoutMs: 50, lookup } })).toEqual(
    tooLate,
  );
});

test("endpoints that never come fail when the time is over", async () => {
  const transport = webhookTransport({ endpoints: () => new Promise<never>(() => {}), timeoutMs: 50 });
  const endpoint = { id: "hook", url: "https://hooks.example" };
  expect(await transport.deliver(endpoint, anEvent(), new AbortController().signal)).toEqual(tooLate);
});

test("a body that never ends is left when the time is over; its status had decided", async () => {
  const receiver = await aReceiver({ answer: (response) => void response.write(".") });
  expect(await deliverTo({ url: receiver.origin, options: { timeoutMs: 1000 } })).toEqual({ ok: true });
});

test("an endless answer is read no further than the limit", async () => {
  let hungUp = false;
  const receiver = await aReceiver({
    answer: (response) => {
      const chunk = Buffer.alloc(16_384);
      const pour = () => {
        while (!response.destroyed && response.write(chunk)) {}
      };
      response.on("drain", pour).on("close", () => {
        hungUp = true;
      });
      response.writeHead(500);
      pour();
    },
  });
  const result = await deliverTo({
    url: receiver.origin,
    options: { maxResponseBytes: 1000, timeoutMs: 30_000 },
  });
  expect(result).toMatchObject({ ok: false, error: "HTTP 500" });
  await expect.poll(() => hungUp).toBe(true);
});

test("an abort ends an attempt under way, and one that has not begun opens no connection", async () => {
  const aborting = new AbortController();
  const receiver = await aReceiver({ answer: () => aborting.abort() });
  const aborted = { ok: false, retryable: true, retryAfterMs: null, error: "aborted", errorType: "aborted" };
  expect(await deliverTo({ url: receiver.origin, signal: aborting.signal })).toEqual(aborted);
  expect(await deliverTo({ url: receiver.origin, signal: AbortSignal.abort() })).toEqual(aborted);
  expect(receiver.connections()).toBe(1);
});
