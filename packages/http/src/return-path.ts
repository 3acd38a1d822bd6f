import { CsatError } from "@csat/core";
import { readBody } from "./read-body.ts";
import { type Fields, isForm, readFields } from "./read-fields.ts";
import { apiHeaders } from "./security-headers.ts";

/**
 * Where a form's field `return` leads: a path of this site with its query and hash. Null when the form has none.
 * @throws CsatError `invalid_input` when it leads to another site or is no path
 */
export function returnPathOf({ values }: Fields): string | null {
  const given = values.get("return");
  if (typeof given !== "string" || given === "") return null;
  // Resolved twice, as a browser would: "//evil.example" and "/\\evil.example" lead away at once, "/.//evil.example"
  // only after its dot is gone.
  const path = given.startsWith("/") ? pathOnSite(given) : null;
  if (path !== null && pathOnSite(path) === path) return path;
  throw new CsatError("invalid_input", "The form leads back to another site.", {
    issues: [{ path: "return", message: "must be a path of this site, such as /settings" }],
  });
}

/**
 * The same of a request whose body matters for nothing else: null also for a body that is no form.
 * @throws CsatError `invalid_input`, `payload_too_large`
 */
export async function readReturnPath(request: Request): Promise<string | null> {
  if (isForm(request)) return returnPathOf(await readFields(request, { accepted: "form" }));
  await readBody(request);
  return null;
}

/** Leads a browser on after a form was taken. */
export function ledTo(location: string): Response {
  return new Response(null, { status: 303, headers: { ...apiHeaders, location } });
}

// Not the request's own host: it says what its Host header says, which a path such as "//evil.example" may repeat.
const site = "http://site.invalid";

function pathOnSite(address: string): string | null {
  if (!URL.canParse(address, site)) return null;
  const { origin, pathname, search, hash } = new URL(address, site);
  return origin === site ? pathname + search + hash : null;
}
