import type { RequestListener } from "node:http";
import { configure } from "@codegenie/serverless-express";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import express from "express";
import serverlessHttp from "serverless-http";
import { describe, expect, test } from "vitest";
import { aDesk } from "./a-desk.ts";

type Listener = ReturnType<typeof toNodeListener>;
/** Answers an event of API Gateway, as the function of a host does. */
type Lambda = (event: object) => Promise<{ readonly statusCode: number; readonly body: string }>;

// Both wrappers make a request that came over no connection, and set its `body` to the event's bytes.
const wrappers: readonly (readonly [string, (listener: Listener) => Lambda])[] = [
  ["serverless-http", (listener) => onServerlessHttp(listener)],
  ["serverless-http around Express", (listener) => onServerlessHttp(express().use("/csat", listener))],
  ["serverless-express", (listener) => onServerlessExpress(listener)],
  ["serverless-express around Express", (listener) => onServerlessExpress(express().use("/csat", listener))],
];

function onServerlessHttp(app: RequestListener): Lambda {
  const handle = serverlessHttp(app);
  // It declares its answer as any object; API Gateway wants this one.
  return (event) => handle(event, {}) as ReturnType<Lambda>;
}

function onServerlessExpress(app: RequestListener): Lambda {
  const handle: unknown = configure({ app });
  // Without a callback it answers a promise; the types know the callback alone.
  return (event) => (handle as (event: object, context: object) => ReturnType<Lambda>)(event, {});
}

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly type?: string;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** An event of API Gateway, format 2.0. */
function event({ path, method = "GET", type, body = "", isBase64Encoded = false }: Asked): object {
  return {
    version: "2.0",
    rawPath: path,
    rawQueryString: "",
    headers: { host: "desk.example", ...(type === undefined ? {} : { "content-type": type }) },
    requestContext: { http: { method, path, sourceIp: "192.0.2.1" } },
    body,
    isBase64Encoded,
  };
}

describe.each(wrappers)("on %s", (_, wrap) => {
  async function aLambdaDesk() {
    const desk = await aDesk();
    const handler = createHandler(desk.csat, {
      basePath: "/csat",
      authorize: async () => ({ workspaceId: "acme", userId: "olivia", role: "owner" }),
    });
    const lambda = wrap(toNodeListener(handler));
    return { desk, ask: (asked: Asked) => lambda(event(asked)) };
  }

  // S28
  test.each<[string, Omit<Asked, "path">]>([
    ["JSON", { type: "application/json", body: '{"rating":4,"comment":"Grüße 🎉"}' }],
    [
      "JSON in base64",
      {
        type: "application/json",
        body: Buffer.from('{"rating":4,"comment":"Grüße 🎉"}').toString("base64"),
        isBase64Encoded: true,
      },
    ],
    [
      "a form",
      {
        type: "application/x-www-form-urlencoded",
        body: "rating=4&comment=Gr%C3%BC%C3%9Fe+%F0%9F%8E%89",
      },
    ],
  ])("an answer as %s is recorded as it was written", async (_name, asked) => {
    const { desk, ask } = await aLambdaDesk();
    const path = `/csat/r/${await desk.survey("T1")}`;
    expect((await ask({ path })).statusCode).toBe(200);
    expect((await ask({ path, method: "POST", ...asked })).statusCode).toBe(201);
    const panel = JSON.parse((await ask({ path: "/csat/api/tickets/T1" })).body);
    expect(panel).toMatchObject({ state: "answered", response: { rating: 4, comment: "Grüße 🎉" } });
  });

  // S26
  test("a POST without a body is 400, not taken for one that was lost", async () => {
    const { desk, ask } = await aLambdaDesk();
    const path = `/csat/r/${await desk.survey("T1")}`;
    expect((await ask({ path, method: "POST", type: "application/json" })).statusCode).toBe(400);
  });
});
