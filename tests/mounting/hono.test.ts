import { createApp } from "@csat-examples/hono/app";
import { type ServerType, serve as serve2 } from "@hono/node-server";
import { Hono as Hono4 } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { mount } from "hono/mount";
import { Hono as Hono3 } from "hono-3";
import { serve as serve1 } from "node-server-1";
import { describe, expect, test } from "vitest";
import { aDesk, type Handler } from "./a-desk.ts";
import { parsedBodyRules } from "./contract.ts";
import { describeMounts, type Running } from "./describe-mount.ts";
import { form } from "./requests.ts";
import { versionOf } from "./version-of.ts";

type Serve = typeof serve2;

function listen(serve: Serve, app: Pick<Hono4, "fetch">): Promise<Running> {
  return new Promise((resolve) => {
    const server: ServerType = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({
        origin: `http://127.0.0.1:${port}`,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed());
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      }),
    );
  });
}

describeMounts("examples/hono", [
  {
    name: "as it stands",
    start: (handler) =>
      listen(
        serve2,
        createApp(handler, async () => "/"),
      ),
  },
]);

describe.each([
  {
    name: `${versionOf("Hono", "hono")}, ${versionOf("node-server", "@hono/node-server")}`,
    Hono: Hono4,
    cutOff: (handler: Handler) => new Hono4().all("/csat/*", mount(handler)),
    serve: serve2,
  },
  {
    name: `${versionOf("Hono", "hono-3")}, ${versionOf("node-server", "node-server-1")}`,
    // What is used of both majors is the same.
    Hono: Hono3 as unknown as typeof Hono4,
    cutOff: (handler: Handler) => {
      const app = new Hono3().mount("/csat", handler);
      return { fetch: (request: Request) => app.fetch(request) };
    },
    serve: serve1,
  },
])("$name", ({ Hono, cutOff, serve }) => {
  describeMounts("", [
    {
      name: "at the root",
      basePath: "",
      start: (handler) =>
        listen(
          serve,
          new Hono().all("/*", (context) => handler(context.req.raw)),
        ),
    },
    {
      name: "under a prefix",
      start: (handler) =>
        listen(
          serve,
          new Hono().all("/csat/*", (context) => handler(context.req.raw)),
        ),
    },
    {
      name: "in an app of an app",
      basePath: "/help/csat",
      start: (handler) => {
        const inner = new Hono().all("/csat/*", (context) => handler(context.req.raw));
        return listen(serve, new Hono().route("/help", inner));
      },
    },
    {
      name: "by mount, which cuts the path off",
      basePath: "",
      servedAt: "/csat",
      start: (handler) => listen(serve, cutOff(handler)),
    },
  ]);
  describeMounts(
    "",
    [
      {
        name: "behind middleware that has read the body",
        start: (handler) => {
          const app = new Hono().use("*", async (context, next) => {
            if (context.req.method === "POST") await context.req.text();
            await next();
          });
          return listen(
            serve,
            app.all("/csat/*", (context) => handler(context.req.raw)),
          );
        },
      },
    ],
    parsedBodyRules,
  );
});

describeMounts(versionOf("Hono", "hono"), [
  {
    name: "behind its own limit of bodies",
    start: (handler) => {
      const app = new Hono4().use(bodyLimit({ maxSize: 1024 * 1024 }));
      return listen(
        serve2,
        app.all("/csat/*", (context) => handler(context.req.raw)),
      );
    },
  },
]);

test("csrf() refuses what browsers post from the customers' page, unless it guards the host's own paths alone", async () => {
  // The page's policy is no-referrer: browsers then say `Origin: null`, and Sec-Fetch-Site over https alone.
  const answer = { ...form({ rating: "5" }), headers: { origin: "null" } };
  for (const [guarded, status] of [
    ["*", 403],
    ["/desk/*", 201],
  ] as const) {
    const desk = await aDesk("/csat");
    const app = new Hono4().use(guarded, csrf({ origin: "https://desk.example" }));
    const { origin, close } = await listen(
      serve2,
      app.all("/csat/*", (context) => desk.handler(context.req.raw)),
    );
    const response = await fetch(`${origin}/csat/r/${await desk.survey("csrf")}`, answer);
    await close();
    expect([guarded, response.status]).toEqual([guarded, status]);
  }
});
