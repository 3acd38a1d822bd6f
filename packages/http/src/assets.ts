import { CsatError } from "@csat/core";
import { etag } from "hono/etag";
import { Hono } from "hono/tiny";
import { errorResponse } from "./error-response.ts";
import { rememberedDigest } from "./remembered-digest.ts";
import { assetHeaders } from "./security-headers.ts";
import type { Views } from "./views.ts";

/** GET /assets/:name — a script or a style sheet of the views, or 304 to a browser that has it (RFC 9110, 13.1.2). */
export async function answerAsset(views: Views | null, name: string, request: Request): Promise<Response> {
  const asset = views?.asset?.(name) ?? null;
  if (asset === null) return errorResponse(new CsatError("not_found", "There is nothing at this address."));
  const { body, type } = asset;
  return await files.fetch(request, { body, type, tag: `"${await rememberedDigest(body)}"` });
}

/** A file that was found, and its entity tag. */
interface File {
  readonly body: string;
  readonly type: string;
  readonly tag: string;
}

const files = new Hono<{ Bindings: File }>()
  .use(etag())
  .get(
    "*",
    ({ env: { body, type, tag } }) =>
      new Response(body, { headers: { ...assetHeaders, etag: tag, "content-type": type } }),
  );
