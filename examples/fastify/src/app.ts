import { toNodeListener } from "@csat/http/node";
import fastify, { type FastifyInstance } from "fastify";

/** Mounts CSAT on Fastify, in a plugin of its own: there no parser takes the body, and the rest of the app keeps its own. */
export function createApp(
  handler: (request: Request) => Promise<Response>,
  sampleLink: () => Promise<string>,
): FastifyInstance {
  const app = fastify();
  const listener = toNodeListener(handler);
  app.register(async (csat) => {
    csat.removeAllContentTypeParsers();
    csat.addContentTypeParser("*", (_request, _body, done) => done(null));
    csat.all("/csat/*", async (request, reply) => {
      reply.hijack();
      await listener(request.raw, reply.raw);
    });
  });
  app.get("/", async (_request, reply) => reply.redirect(await sampleLink()));
  return app;
}
