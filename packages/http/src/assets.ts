import { CsatError, sha256Base64 } from "@csat/core";
import { errorResponse } from "./error-response.ts";
import { assetHeaders } from "./security-headers.ts";
import type { Views } from "./views.ts";

/** GET /assets/:name — a script or a style sheet of the views, or 304 to a browser that has it. */
export async function answerAsset(views: Views | null, name: string, request: Request): Promise<Response> {
  const asset = views?.asset?.(name) ?? null;
  if (asset === null) return errorResponse(new CsatError("not_found", "There is nothing at this address."));
  const etag = `"${await sha256Base64(asset.body)}"`;
  const headers = { ...assetHeaders, etag, "content-type": asset.type };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(asset.body, { headers });
}
