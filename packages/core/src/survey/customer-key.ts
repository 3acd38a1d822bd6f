import { toBase64Url } from "./base64url.ts";
import { hmacSha256 } from "./sha256.ts";

/** Which of a customer's two keys: of the address that a message goes to, or of the id that the host gives. */
export type CustomerKeyKind = "address" | "id";

/**
 * What a customer is known by in one workspace: HMAC-SHA-256, as 43 characters of base64url. The text itself is stored
 * nowhere, and equal customers of two workspaces have nothing in common. `text` is an address in its normal form, or an id.
 */
export async function customerKey(
  secret: string,
  {
    workspaceId,
    kind,
    text,
  }: { readonly workspaceId: string; readonly kind: CustomerKeyKind; readonly text: string },
): Promise<string> {
  return toBase64Url(await hmacSha256(secret, JSON.stringify(["csat customer v1", workspaceId, kind, text])));
}
