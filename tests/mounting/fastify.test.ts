import { toNodeListener } from "@csat/http/node";
import { createApp } from "@csat-examples/fastify/app";
import fastify5, { type FastifyInstance } from "fastify";
import fastify4 from "fastify-4";
import { describe } from "vitest";
import type { Handler } from "./a-desk.ts";
import { parsedBodyRules } from "./contract.ts";
import { describeMounts, type Running } from "./describe-mount.ts";
import { versionOf } from "./version-of.ts";

async function listen(app: Pick<FastifyInstance, "listen" | "close" | "server">): Promise<Running> {
  const origin = await app.listen({ port: 0, host: "127.0.0.1" });
  const close = () => {
    const closed = app.close();
    // fetch opens a connection again where one was aborted, and Fastify waits for it.
    app.server.closeAllConnections();
    return closed;
  };
  return { origin, close };
}

describeMounts("examples/fastify", [
  { name: "as it stands", start: (handler) => listen(createApp(handler, async () => "/")) },
]);

describe.each([
  { name: versionOf("Fastify", "fastify"), fastify: fastify5 },
  { name: versionOf("Fastify", "fastify-4"), fastify: fastify4 },
])("$name", ({ fastify }) => {
  // What is used of an instance is the same in both majors; their types of a logger are not.
  const create = fastify as typeof fastify5;

  function mounted(handler: Handler, path: string, prefix = ""): FastifyInstance {
    const listener = toNodeListener(handler);
    const app = create();
    app.register(
      async (csat) => {
        csat.removeAllContentTypeParsers();
        csat.addContentTypeParser("*", (_request, _body, done) => done(null));
        csat.all(path, async (request, reply) => {
          reply.hijack();
          await listener(request.raw, reply.raw);
        });
      },
      { prefix },
    );
    return app;
  }

  describeMounts("", [
    { name: "at the root", basePath: "", start: (handler) => listen(mounted(handler, "/*")) },
    { name: "under a prefix", start: (handler) => listen(mounted(handler, "/csat/*")) },
    {
      name: "under the prefix of a plugin",
      basePath: "/help/csat",
      start: (handler) => listen(mounted(handler, "/csat/*", "/help")),
    },
  ]);
  describeMounts(
    "",
    [
      {
        name: "behind its own parsers",
        start: (handler) => {
          const listener = toNodeListener(handler);
          const app = create();
          app.addContentTypeParser(
            "application/x-www-form-urlencoded",
            { parseAs: "string" },
            (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
          );
          app.all("/csat/*", async (request, reply) => {
            reply.hijack();
            await listener(request.raw, reply.raw);
          });
          return listen(app);
        },
      },
    ],
    parsedBodyRules,
  );
});
