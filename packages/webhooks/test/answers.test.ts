import { expect, test } from "vitest";
import { deliverTo } from "./support/deliver.ts";
import { aReceiver } from "./support/receiver.ts";

const now = new Date("2026-03-01T12:00:00.000Z");
const clock = { now: () => now };

/** The result when the receiver answers with `status` and `headers`. */
async function resultOf(status: number, headers: Readonly<Record<string, string>> = {}) {
  const receiver = await aReceiver({
    answer: (response) => void response.writeHead(status, headers).end("no"),
  });
  return deliverTo({ url: `${receiver.origin}/?key=hidden`, options: { clock } });
}

test.each([200, 201, 202, 204, 299])("%i is a delivery", async (status) => {
  expect(await resultOf(status)).toEqual({ ok: true });
});

test.each([400, 401, 404, 409, 429, 500, 503])(
  "%i is tried again, and its error tells the status alone",
  // S54
  async (status) => {
    expect(await resultOf(status)).toEqual({
      ok: false,
      retryable: true,
      retryAfterMs: null,
      error: `HTTP ${status}`,
      errorType: `${status}`,
    });
  },
);

test.each([301, 302, 303, 307, 308])("%i is followed nowhere and tried again", async (status) => {
  // S54
  const inner = await aReceiver();
  const receiver = await aReceiver({
    answer: (response) => void response.writeHead(status, { location: inner.origin }).end(),
  });
  expect(await deliverTo({ url: receiver.origin })).toMatchObject({
    ok: false,
    retryable: true,
    error: `HTTP ${status}: redirects are not followed`,
  });
  expect([receiver.connections(), inner.connections()]).toEqual([1, 0]);
});

test.each([
  ["120", 120_000],
  ["Sun, 01 Mar 2026 12:10:00 GMT", 600_000],
  // RFC 9110, 5.6.7: the two older forms, which recipients must take.
  ["Sunday, 01-Mar-26 12:10:00 GMT", 600_000],
  ["Sun Mar  1 12:10:00 2026", 600_000],
  ["999999999", 86_400_000],
  ["Sun, 01 Mar 2099 12:10:00 GMT", 86_400_000],
  ["0", null],
  ["-5", null],
  ["1.5", null],
  ["Sun, 01 Mar 2026 11:00:00 GMT", null],
  ["soon", null],
  ["2026-03-02", null],
])("a receiver that says Retry-After: %s is left alone for %s ms", async (header, expected) => {
  expect(await resultOf(503, { "retry-after": header })).toMatchObject({ retryAfterMs: expected });
});

test("410 ends the subscription: no other attempt, and the host is told", async () => {
  const receiver = await aReceiver({ answer: (response) => void response.writeHead(410).end() });
  const gone: unknown[] = [];
  const onGone = (one: unknown) => void gone.push(one);
  expect(await deliverTo({ url: receiver.origin, options: { onGone } })).toEqual({
    ok: false,
    retryable: false,
    retryAfterMs: null,
    error: "HTTP 410: the receiver wants no more",
    errorType: "410",
  });
  expect(gone).toEqual([{ endpointId: "hook", workspaceId: "acme" }]);
  const broken = () => Promise.reject(new Error("hidden"));
  expect(await deliverTo({ url: receiver.origin, options: { onGone: broken } })).toMatchObject({
    error: "HTTP 410: the receiver wants no more; onGone threw",
  });
});

test("a receiver that is not there, or hangs up, is a result", async () => {
  const receiver = await aReceiver({ answer: (response) => void response.destroy() });
  expect(await deliverTo({ url: receiver.origin })).toMatchObject({
    retryable: true,
    error: "UND_ERR_SOCKET",
  });
  expect(await deliverTo({ url: "http://127.0.0.1:1/" })).toMatchObject({
    retryable: true,
    error: "ECONNREFUSED",
  });
});

test("a lookup that fails is a result with its code alone", async () => {
  const lookup = () => Promise.reject(Object.assign(new Error("hidden.example"), { code: "ENOTFOUND" }));
  expect(await deliverTo({ url: "https://hidden.example", options: { lookup } })).toEqual({
    ok: false,
    retryable: true,
    retryAfterMs: null,
    error: "ENOTFOUND",
    errorType: "ENOTFOUND",
  });
});
