import { sampleLink } from "../csat.ts";

/** Opens a survey, another one at each request. */
export const dynamic = "force-dynamic";
export async function GET(): Promise<Response> {
  return Response.redirect(await sampleLink());
}
