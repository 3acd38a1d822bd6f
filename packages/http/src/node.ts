import type { IncomingMessage, ServerResponse } from "node:http";
import { CsatError } from "@csat/core";
import { getRequestListener } from "@hono/node-server";
import { errorResponse } from "./error-response.ts";
import { markTrueLength } from "./read-body.ts";
import { takenBody } from "./taken-body.ts";

/**
 * Mounts a handler on `node:http`, Express, Fastify's raw objects, AWS Lambda's wrappers and whatever else hands out
 * Node's requests. A path that the framework cut off at its mount point is put back. A body that somebody took before is
 * found where it was left as bytes, in `rawBody` or `body`. One that a parser took apart reaches the handler as one that
 * was read, which it refuses with 500 and what to do, and tells `onError`: it must never look like an empty one.
 */
export function toNodeListener(
  handler: (request: Request) => Promise<Response>,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  const listen = getRequestListener(
    async (request, { incoming }) =>
      // Every request of this listener comes from node:http.
      handler(await withBody(request, incoming as IncomingMessage)),
    { overrideGlobalObjects: false, errorHandler: () => unreadable() },
  );
  return async (incoming, outgoing) => {
    const url = originalUrl(incoming);
    if (url !== null) incoming.url = url;
    // Wrappers make requests that came over no connection, and set `headers` alone.
    if (incoming.rawHeaders.length === 0) incoming.rawHeaders = asRawHeaders(incoming.headers);
    await listen(incoming, outgoing);
  };
}

// Express and Connect keep the whole path here and cut the mount path off `url`.
function originalUrl(incoming: IncomingMessage): string | null {
  return "originalUrl" in incoming && typeof incoming.originalUrl === "string" ? incoming.originalUrl : null;
}

function asRawHeaders(headers: IncomingMessage["headers"]): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((each) => [name, String(each)]),
  );
}

async function withBody(request: Request, incoming: IncomingMessage): Promise<Request> {
  if (request.method === "GET" || request.method === "HEAD") return request;
  const body = takenBody(incoming);
  if (body === "unread") return markTrueLength(request);
  const { url, method, headers, signal } = request;
  if (body !== "lost") return new Request(url, { method, headers, signal, body });
  const read = new Request(url, { method, headers, signal, body: "" });
  await read.arrayBuffer();
  return read;
}

// A request line or Host header that makes no URL.
function unreadable(): Response {
  return errorResponse(
    new CsatError("invalid_input", "The request's address or Host header cannot be used."),
  );
}
