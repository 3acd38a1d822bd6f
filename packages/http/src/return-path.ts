import { CsatError } from "@csat/core";
import type { Fields } from "./read-fields.ts";

/**
 * Where a form's field `return` leads: a path of this site with its query and hash. Null when the form has none.
 * @throws CsatError `invalid_input` when it leads to another site or is no path
 */
export function returnPathOf({ values }: Fields, url: URL): string | null {
  const given = values.get("return");
  if (typeof given !== "string" || given === "") return null;
  // Resolved twice, as a browser would: "//evil.example" and "/\\evil.example" lead away at once, "/.//evil.example"
  // only after its dot is gone.
  const path = given.startsWith("/") ? pathOnSite(given, url) : null;
  if (path !== null && pathOnSite(path, url) === path) return path;
  throw new CsatError("invalid_input", "The form leads back to another site.", {
    issues: [{ path: "return", message: "must be a path of this site, such as /settings" }],
  });
}

function pathOnSite(address: string, url: URL): string | null {
  if (!URL.canParse(address, url)) return null;
  const { origin, pathname, search, hash } = new URL(address, url);
  return origin === url.origin ? pathname + search + hash : null;
}
