import type * as NodeCrypto from "node:crypto";

/**
 * The SHA-256 of a text's UTF-8: 32 bytes. By Node's own module where there is one, by WebCrypto elsewhere, which hands
 * each digest to another thread: under load that costs more than the answer of a survey.
 */
export async function sha256(text: string): Promise<Uint8Array> {
  const node = nodeCrypto();
  if (node !== undefined) return new Uint8Array(node.createHash("sha256").update(text).digest());
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function nodeCrypto(): Pick<typeof NodeCrypto, "createHash"> | undefined {
  // Elsewhere there is no process, or one without this.
  const { process } = globalThis as { readonly process?: Partial<NodeJS.Process> };
  return process?.getBuiltinModule?.("node:crypto");
}

/** The same in base64, as content security policies name styles and scripts; fit for an ETag too. */
export async function sha256Base64(text: string): Promise<string> {
  return btoa(String.fromCharCode(...(await sha256(text))));
}
