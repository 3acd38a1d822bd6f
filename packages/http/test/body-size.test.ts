import { describe, expect, test } from "vitest";
import { aDesk, browser, json } from "./a-desk.ts";

const limit = 64 * 1024;

/** A body that arrives in pieces and names no length; counts what was asked for. */
function pieces(total: number): { readonly body: ReadableStream<Uint8Array>; pulled: number } {
  const stream = { pulled: 0, body: new ReadableStream<Uint8Array>() };
  stream.body = new ReadableStream({
    pull(controller) {
      if (stream.pulled >= total) return controller.close();
      stream.pulled += 1024;
      controller.enqueue(new TextEncoder().encode(" ".repeat(1024)));
    },
  });
  return stream;
}

function streamed(body: ReadableStream<Uint8Array>): RequestInit {
  // Node asks for `duplex` with a stream; the DOM's type does not know it yet.
  return {
    method: "POST",
    body,
    duplex: "half",
    headers: { "content-type": "application/json" },
  } as RequestInit;
}

describe("a body of more than 64 KiB", () => {
  test.each(["/r/TOKEN", "/api/settings/preview", "/api/webhooks/test", "/api/webhooks/e1/replay"])(
    "is 413 at POST %s",
    async (path) => {
      const desk = await aDesk();
      const token = await desk.survey("T1");
      const response = await desk.ask(path.replace("TOKEN", token), json(`"${"x".repeat(limit)}"`));
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ error: { code: "payload_too_large" } });
    },
  );

  test("is 413 at PUT and POST /api/settings", async () => {
    const desk = await aDesk();
    const body = `subject=${"x".repeat(limit)}`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await desk.ask("/api/settings", { method: "POST", body, headers })).status).toBe(413);
    expect((await desk.ask("/api/settings", { ...json(body), method: "PUT" })).status).toBe(413);
  });

  test("is counted while it streams, and not read to its end", async () => {
    const desk = await aDesk();
    const stream = pieces(100 * limit);
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, streamed(stream.body));
    expect(response.status).toBe(413);
    expect(stream.pulled).toBeLessThan(2 * limit);
  });

  test("is refused by its Content-Length before a byte of it is read", async () => {
    const desk = await aDesk();
    const stream = pieces(100 * limit);
    const request = streamed(stream.body);
    const headers = { "content-type": "application/json", "content-length": `${limit + 1}` };
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, { ...request, headers });
    expect(response.status).toBe(413);
    // One piece is fetched ahead when the stream is made.
    expect(stream.pulled).toBeLessThanOrEqual(1024);
  });

  test("gets the form again in a browser", async () => {
    const desk = await aDesk();
    const headers = { ...browser, "content-type": "application/x-www-form-urlencoded" };
    const body = `rating=5&comment=${"x".repeat(limit)}`;
    const response = await desk.ask(`/r/${await desk.survey("T1")}`, { method: "POST", body, headers });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain("Your comment is too long.");
  });
});

test("a body of exactly 64 KiB is read", async () => {
  const desk = await aDesk();
  const answer = JSON.stringify({ rating: 5 });
  const response = await desk.ask(`/r/${await desk.survey("T1")}`, json(answer.padEnd(limit, " ")));
  expect(response.status).toBe(201);
});

test("a lying Content-Length does not help: what arrives is counted", async () => {
  const desk = await aDesk();
  const stream = pieces(2 * limit);
  const headers = { "content-type": "application/json", "content-length": "10" };
  const response = await desk.ask(`/r/${await desk.survey("T1")}`, { ...streamed(stream.body), headers });
  expect(response.status).toBe(413);
});

test("a body that breaks off is 400 and stores nothing", async () => {
  const desk = await aDesk();
  const token = await desk.survey("T1");
  const before = await desk.stored("T1");
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"rating":5'));
      controller.error(new Error("connection reset"));
    },
  });
  const response = await desk.ask(`/r/${token}`, streamed(body));
  expect(response.status).toBe(400);
  expect(await response.text()).not.toContain("connection reset");
  expect(await desk.stored("T1")).toEqual(before);
});
