/** An address of the host as a link; null for none, and for one that could be code. */
export function pageAt(address: string | null, base: URL): string | null {
  if (address === null || !URL.canParse(address, base)) return null;
  return ["http:", "https:"].includes(new URL(address, base).protocol) ? address : null;
}
