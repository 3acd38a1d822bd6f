import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import express from "express";
import fastify from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { aDesk, form, json } from "./a-desk.ts";
import { aServer } from "./a-server.ts";

const answer = { rating: 5, comment: "Grüße 🎉" };
const inJson = json(answer);
const inForm = form("rating=5&comment=Gr%C3%BC%C3%9Fe+%F0%9F%8E%89");
const bytes = new TextEncoder().encode(JSON.stringify(answer));

/** A desk whose listener stands behind `before`. */
async function aDeskBehind(before: express.RequestHandler) {
  const desk = await aDesk();
  const told: unknown[] = [];
  const handler = createHandler(desk.csat, {
    basePath: "/csat",
    authorize: async () => ({ workspaceId: "acme", userId: "olivia", role: "owner" }),
    onError: (error) => told.push(error),
  });
  const listener = toNodeListener(handler);
  return { desk, told, listener, url: await aServer(express().use(before).use("/csat", listener)) };
}

/** Leaves values on a request whose stream is not read. */
function leaving(values: object): express.RequestHandler {
  return (request, _response, next) => {
    Object.assign(request, values);
    next();
  };
}

/** Reads the stream to its end before it leaves values, as Firebase does. */
function readAndLeaving(values: object): express.RequestHandler {
  return (request, _response, next) => {
    request.on("end", () => {
      Object.assign(request, values);
      next();
    });
    request.resume();
  };
}

// S28
test.each<[string, express.RequestHandler, RequestInit]>([
  ["bytes in body, stream unread", leaving({ body: Buffer.from(bytes) }), inJson],
  ["a plain Uint8Array in body, stream unread", leaving({ body: bytes }), inJson],
  ["text in body, stream unread", leaving({ body: JSON.stringify(answer) }), inJson],
  ["bytes in body, stream read", readAndLeaving({ body: Buffer.from(bytes) }), inJson],
  [
    "bytes in rawBody, parsed body, stream read",
    readAndLeaving({ rawBody: Buffer.from(bytes), body: answer }),
    inJson,
  ],
  ["a plain Uint8Array in rawBody, stream read", readAndLeaving({ rawBody: bytes, body: answer }), inJson],
  ["text in rawBody, stream read", readAndLeaving({ rawBody: JSON.stringify(answer), body: answer }), inJson],
  ["an empty body, stream unread", leaving({ body: {} }), inJson],
  [
    "express.json that keeps the bytes",
    express.json({ verify: (request, _response, rawBody) => Object.assign(request, { rawBody }) }),
    inJson,
  ],
  ["express.raw", express.raw({ type: "*/*" }), inJson],
  ["express.raw and a form", express.raw({ type: "*/*" }), inForm],
  ["express.text", express.text({ type: "*/*" }), inJson],
  ["express.text and a form", express.text({ type: "*/*" }), inForm],
])("an answer is recorded as it was written: %s", async (_, before, request) => {
  const { desk, url, told } = await aDeskBehind(before);
  const response = await fetch(`${url}/csat/r/${await desk.survey("T1")}`, request);
  expect([response.status, told]).toEqual([201, []]);
  const panel = await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" });
  expect(panel).toMatchObject({ response: answer });
});

// S26
test.each<[string, express.RequestHandler]>([
  ["nothing left of a stream that was read", readAndLeaving({})],
  ["an empty Buffer left of a body that had a length", readAndLeaving({ body: Buffer.alloc(0) })],
  ["an empty text left of it", readAndLeaving({ body: "" })],
  ["text that is shorter than the body was", readAndLeaving({ body: "rating=5" })],
  ["an object that a parser made", readAndLeaving({ body: answer })],
  ["an object on a stream that is unread", leaving({ body: answer })],
  ["a list", leaving({ body: [5] })],
  ["a number", leaving({ body: 5 })],
])("what is not certain to be the whole body is refused, and onError hears why: %s", async (_, before) => {
  const { desk, url, told } = await aDeskBehind(before);
  const link = `${url}/csat/r/${await desk.survey("T1")}`;
  const stored = await desk.stored("T1");
  expect((await fetch(link, inJson)).status).toBe(500);
  expect(told).toEqual([expect.objectContaining({ code: "invalid_config" })]);
  expect(await desk.stored("T1")).toEqual(stored);
  // Reading needs no body.
  expect((await fetch(link)).status).toBe(200);
});

test("bytes over 64 KiB are 413 wherever they were left", async () => {
  const { desk, url } = await aDeskBehind(leaving({ body: Buffer.alloc(200_000, "x") }));
  const response = await fetch(`${url}/csat/r/${await desk.survey("T1")}`, inJson);
  expect(response.status).toBe(413);
});

test("Fastify behind parsers of its own: the route hands the bytes over as rawBody", async () => {
  const { desk, listener } = await aDeskBehind(leaving({}));
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.all("/csat/*", async (request, reply) => {
    reply.hijack();
    await listener(Object.assign(request.raw, { rawBody: request.body }), reply.raw);
  });
  onTestFinished(() => app.close());
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const link = `${url}/csat/r/${await desk.survey("T1")}`;
  expect((await fetch(link)).status).toBe(200);
  expect((await fetch(link, inJson)).status).toBe(201);
});
