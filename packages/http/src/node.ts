import type { IncomingMessage, ServerResponse } from "node:http";
import { CsatError } from "@csat/core";
import { getRequestListener } from "@hono/node-server";
import { errorResponse } from "./error-response.ts";

/**
 * Mounts a handler on `node:http`, Express, Fastify's raw objects, and whatever else hands out Node's requests. A path
 * that the framework cut off at its mount point is put back. A body that a parser took before reaches the handler as one
 * that was read, which it refuses with 500 and what to do, and tells `onError`: it must never look like an empty one.
 */
export function toNodeListener(
  handler: (request: Request) => Promise<Response>,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  const listen = getRequestListener(
    async (request, { incoming }) =>
      // Every request of this listener comes from node:http.
      handler(isBodyGone(incoming as IncomingMessage) ? await withReadBody(request) : request),
    { overrideGlobalObjects: false, errorHandler: () => unreadable() },
  );
  return async (incoming, outgoing) => {
    const url = originalUrl(incoming);
    if (url !== null) incoming.url = url;
    await listen(incoming, outgoing);
  };
}

// Express and Connect keep the whole path here and cut the mount path off `url`.
function originalUrl(incoming: IncomingMessage): string | null {
  return "originalUrl" in incoming && typeof incoming.originalUrl === "string" ? incoming.originalUrl : null;
}

// An empty `body` proves nothing: Express 4 sets one on requests whose stream no parser has touched.
function isBodyGone(incoming: IncomingMessage): boolean {
  if ("rawBody" in incoming && incoming.rawBody instanceof Uint8Array) return false;
  return hasBody(incoming) && (incoming.readableDidRead || isParsed(incoming));
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function isParsed(incoming: IncomingMessage): boolean {
  if (!("body" in incoming) || incoming.body === undefined || incoming.body === null) return false;
  return typeof incoming.body !== "object" || Object.keys(incoming.body).length > 0;
}

async function withReadBody({ url, method, headers, signal }: Request): Promise<Request> {
  const request = new Request(url, { method, headers, signal, body: "" });
  await request.arrayBuffer();
  return request;
}

// A request line or Host header that makes no URL.
function unreadable(): Response {
  return errorResponse(
    new CsatError("invalid_input", "The request's address or Host header cannot be used."),
  );
}
