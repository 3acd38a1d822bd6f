import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import express from "express";
import fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";
import { aDesk, browser, form, json } from "./a-desk.ts";
import { aServer } from "./a-server.ts";

type Listener = ReturnType<typeof toNodeListener>;

/** How a host mounts the listener so that it answers below `/csat`. */
const mounts: readonly (readonly [string, (listener: Listener) => Promise<string>])[] = [
  ["node:http", (listener) => aServer(listener)],
  ["Express at the root", (listener) => aServer(express().use(listener))],
  ["Express under a prefix", (listener) => aServer(express().use("/csat", listener))],
  [
    "Express in a nested router",
    (listener) => aServer(express().use("/csat", express.Router().use("/", listener))),
  ],
  [
    "Express before its body parsers",
    (listener) => aServer(express().use("/csat", listener).use(express.json())),
  ],
  ["Fastify without its parsers", onFastify],
];

async function onFastify(listener: Listener): Promise<string> {
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", (_request, _body, done) => done(null));
  app.all("/csat/*", async (request, reply) => {
    reply.hijack();
    await listener(request.raw, reply.raw);
  });
  onTestFinished(() => app.close());
  return await app.listen({ port: 0, host: "127.0.0.1" });
}

async function aMountedDesk(mount: (listener: Listener) => Promise<string>) {
  const desk = await aDesk();
  const told: unknown[] = [];
  const handler = createHandler(desk.csat, {
    basePath: "/csat",
    authorize: async () => ({ workspaceId: "acme", userId: "olivia", role: "owner" }),
    onError: (error) => told.push(error),
  });
  return { desk, told, url: await mount(toNodeListener(handler)) };
}

// Taken before any listener is made.
const nodesOwn = [globalThis.Request, globalThis.Response];

describe.each(mounts)("on %s", (_, mount) => {
  test("a survey is opened, refused, answered and answered again", async () => {
    const { desk, url } = await aMountedDesk(mount);
    const link = `${url}/csat/r/${await desk.survey("T1")}?rating=4`;
    const page = await fetch(link, { headers: browser });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('value="4" required checked');
    expect((await fetch(link, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(link, json({ rating: 9 }))).status).toBe(400);
    expect((await fetch(link, form({ rating: "4", comment: "Grüße 🎉" }))).status).toBe(201);
    expect((await fetch(link, json({ rating: 4 }))).status).toBe(409);
    const panel = await (await fetch(`${url}/csat/api/tickets/T1`)).json();
    expect(panel).toMatchObject({ state: "answered", response: { rating: 4, comment: "Grüße 🎉" } });
  });

  test("a body of more than 64 KiB is 413, with its length and streamed without", async () => {
    const { desk, url } = await aMountedDesk(mount);
    const link = `${url}/csat/r/${await desk.survey("T1")}`;
    expect((await fetch(link, json("x".repeat(200_000)))).status).toBe(413);
    const body = new Blob(["x".repeat(200_000)]).stream();
    // Node asks for `duplex` with a stream; the DOM's type does not know it yet.
    const streamed = {
      method: "POST",
      body,
      duplex: "half",
      headers: { "content-type": "application/json" },
    };
    // `duplex` is missing from the types.
    expect((await fetch(link, streamed as RequestInit)).status).toBe(413);
  });

  test("an encoded slash stays in its id", async () => {
    const { desk, url } = await aMountedDesk(mount);
    await desk.survey("a/b");
    const panel = await (await fetch(`${url}/csat/api/tickets/a%2Fb`)).json();
    expect(panel).toMatchObject({ state: "awaiting" });
  });
});

describe("behind a body parser that took the body", () => {
  test.each<[string, express.RequestHandler, RequestInit]>([
    ["express.json", express.json(), json({ rating: 5 })],
    ["express.json, an empty object", express.json(), json({})],
    ["express.urlencoded", express.urlencoded(), form({ rating: "5" })],
  ])("%s: 500, onError hears where to mount, and nothing is stored", async (_, parser, request) => {
    const { desk, url, told } = await aMountedDesk((listener) =>
      aServer(express().use(parser).use("/csat", listener)),
    );
    const token = await desk.survey("T1");
    const before = await desk.stored("T1");
    const response = await fetch(`${url}/csat/r/${token}`, request);
    expect(response.status).toBe(500);
    const isPage = response.headers.get("content-type")?.startsWith("text/html");
    // A customer can do nothing about it; who wrote the program can.
    expect((await response.text()).includes("before any body parser")).toBe(!isPage);
    expect(told).toEqual([
      expect.objectContaining({
        code: "invalid_config",
        message: expect.stringContaining("before any body parser"),
      }),
    ]);
    expect(await desk.stored("T1")).toEqual(before);
  });

  test("Fastify's own JSON parser: the same", async () => {
    const { desk, url } = await aMountedDesk(async (listener) => {
      const app = fastify();
      app.all("/csat/*", async (request, reply) => {
        reply.hijack();
        await listener(request.raw, reply.raw);
      });
      onTestFinished(() => app.close());
      return await app.listen({ port: 0, host: "127.0.0.1" });
    });
    const response = await fetch(`${url}/csat/r/${await desk.survey("T1")}`, json({ rating: 5 }));
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("before any body parser");
  });

  test("a parser that left this body alone does no harm", async () => {
    const parser: express.RequestHandler = (request, _response, next) => {
      // What Express 4 leaves behind for types that its parser does not take.
      request.body = {};
      next();
    };
    const { desk, url } = await aMountedDesk((listener) =>
      aServer(express().use(parser).use("/csat", listener)),
    );
    const link = `${url}/csat/r/${await desk.survey("T1")}`;
    expect((await fetch(link, form({ rating: "5" }))).status).toBe(201);
  });

  test.each([{ rating: 5 }, "rating=5", ""])(
    "a body that stands parsed as %j is taken for lost",
    async (body) => {
      const parser: express.RequestHandler = (request, _response, next) => {
        request.body = body;
        next();
      };
      const { desk, url } = await aMountedDesk((listener) =>
        aServer(express().use(parser).use("/csat", listener)),
      );
      const link = `${url}/csat/r/${await desk.survey("T1")}`;
      expect((await fetch(link, json({ rating: 5 }))).status).toBe(500);
      expect((await fetch(link)).status).toBe(200);
    },
  );

  test("reading, and posting without a body, work as ever", async () => {
    const { desk, url } = await aMountedDesk((listener) =>
      aServer(express().use(express.json()).use("/csat", listener)),
    );
    expect((await fetch(`${url}/csat/r/${await desk.survey("T1")}`)).status).toBe(200);
    expect((await fetch(`${url}/csat/api/webhooks/test`, { method: "POST" })).status).toBe(200);
  });
});

test("a Host header that makes no URL is 400, and no stack", async () => {
  const { url } = await aMountedDesk((listener) =>
    aServer((incoming, outgoing) => {
      incoming.headers.host = "no host";
      incoming.rawHeaders = ["Host", "no host"];
      void listener(incoming, outgoing);
    }),
  );
  const response = await fetch(`${url}/csat/r/x`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "invalid_input" } });
});

test("the global Request and Response stay Node's own", async () => {
  await aMountedDesk((listener) => aServer(listener));
  expect([globalThis.Request, globalThis.Response]).toEqual(nodesOwn);
});
