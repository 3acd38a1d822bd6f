/** What is used of Node's own module. */
interface NodeCrypto {
  createHash(algorithm: "sha256"): { update(text: string): { digest(): Uint8Array } };
  createHmac(algorithm: "sha256", key: string): { update(text: string): { digest(): Uint8Array } };
}

/**
 * The SHA-256 of a text's UTF-8: 32 bytes. By Node's own module where there is one, by WebCrypto elsewhere, which hands
 * each digest to another thread: under load that costs more than all else of an answer.
 */
export async function sha256(text: string): Promise<Uint8Array> {
  const node = nodeCrypto();
  if (node !== undefined) return new Uint8Array(node.createHash("sha256").update(text).digest());
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** HMAC-SHA-256 (RFC 2104) of a text under a key, both in UTF-8: 32 bytes. The key must not be empty. */
export async function hmacSha256(key: string, text: string): Promise<Uint8Array> {
  const node = nodeCrypto();
  if (node !== undefined) return new Uint8Array(node.createHmac("sha256", key).update(text).digest());
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(text)));
}

function nodeCrypto(): NodeCrypto | undefined {
  // Elsewhere there is no process, or one without this.
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => NodeCrypto } };
  return process?.getBuiltinModule?.("node:crypto");
}

/** The same in base64, as content security policies name styles and scripts; fit for an ETag too. */
export async function sha256Base64(text: string): Promise<string> {
  return btoa(String.fromCharCode(...(await sha256(text))));
}
