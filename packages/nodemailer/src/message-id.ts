const dotAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;

/**
 * The Message-ID with its angle brackets: the same for the same two halves, always. A left half that is no dot-atom
 * (RFC 5322, 3.2.3) is written as letters, digits and `=XX` per byte, so that it can neither break the header nor change.
 */
export function messageId({
  localPart,
  domain,
}: {
  readonly localPart: string;
  readonly domain: string;
}): string {
  return `<${dotAtom.test(localPart) ? localPart : escaped(localPart)}@${domain}>`;
}

function escaped(localPart: string): string {
  const bytes = [...Buffer.from(localPart, "utf8")];
  return bytes.map((byte) => (isLetterOrDigit(byte) ? String.fromCharCode(byte) : hex(byte))).join("") || "=";
}

function isLetterOrDigit(byte: number): boolean {
  return /[A-Za-z\d]/.test(String.fromCharCode(byte));
}

function hex(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
