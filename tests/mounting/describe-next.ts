import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe } from "vitest";
import type { Handler } from "./a-desk.ts";
import { lostBodyRules, parsedBodyRules } from "./contract.ts";
import { describeMounts, type Running, serve } from "./describe-mount.ts";
import { buildSite, type NextMajor, startSite } from "./next-site.ts";
import { versionOf } from "./version-of.ts";

/** Runs the contract on a built site of one major, by the route file of examples/next. */
export function describeNext(major: NextMajor): void {
  describe(versionOf("Next", "next", join(import.meta.dirname, major.folder, "package.json")), () => {
    let site: Awaited<ReturnType<typeof startSite>>;
    beforeAll(async () => {
      site = await startSite(major, await buildSite(major));
    }, 300_000);
    afterAll(() => site.close());

    type Front = (incoming: IncomingMessage) => Promise<unknown>;
    const start = (handler: Handler, inFront?: Front): Promise<Running> => {
      globalThis.csatUnderTest = handler;
      const listener = site.getRequestHandler();
      return serve(async (incoming: IncomingMessage, outgoing: ServerResponse) => {
        await inFront?.(incoming);
        await listener(incoming, outgoing);
      });
    };
    describeMounts("", [
      { name: "in a route at the root", basePath: "", start: (handler) => start(handler) },
      { name: "in the route of examples/next", start: (handler) => start(handler) },
    ]);
    // Next's own server gives up before any route runs.
    describeMounts(
      "",
      [{ name: "behind a server that has read the body", start: (handler) => start(handler, text) }],
      lostBodyRules,
    );
    const inRoute = (handler: Handler) => async (request: Request) => {
      if (request.method === "POST") await request.text();
      return handler(request);
    };
    describeMounts(
      "",
      [{ name: "in a route that has read the body", start: (handler) => start(inRoute(handler)) }],
      parsedBodyRules,
    );
  });
}
