/** Bytes as base64url without padding (RFC 4648 §5). `btoa` and not Buffer: edge runtimes have only the former. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
