/** Mails that were made to cost much, each `size` bytes long at most. Every one fits into the limits of lines and parts or goes beyond them. */
export const hostileShapes: Readonly<Record<string, (size: number) => string>> = {
  "empty lines": (size) => `From: a@example.net\n\n${fill("\n", size)}`,
  "empty lines within the limit": () => `From: a@example.net\n\n${"\n".repeat(19_900)}`,
  "lines of flowed text": (size) =>
    `Content-Type: text/plain; format=flowed\n\n${fill(" \n", Math.min(size, 39_000))}`,
  "empty parts": (size) => `Content-Type: multipart/mixed; boundary=a\n\n${fill("--a\n", size)}`,
  "parts within the limit": () =>
    `Content-Type: multipart/report; boundary=a\n\n${"--a\n\nx\n".repeat(1_990)}`,
  "many reports": (size) =>
    `Content-Type: multipart/report; boundary=a\n\n${fill(status, Math.min(size, 120_000))}`,
  "one status of many recipients": (size) =>
    `Content-Type: message/delivery-status\n\n${fill("\n\nAction: failed\nStatus: 5.1.1", size)}`,
  "nested parts": (size) => {
    const opening = Array.from(
      { length: 60 },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
    ).join("");
    return opening + fill("--b\nx", Math.min(size, 10_000));
  },
  "mails within mails": (size) => fill("Content-Type: message/rfc822\n\n", size),
  addresses: (size) => `To: ${fill("a@b.example,", Math.min(size, 120_000))}\n\n`,
  "open comments": (size) => `From: ${fill("(", Math.min(size, 120_000))}\n\n`,
  "quotes and groups": (size) => `To: ${fill('"g":', Math.min(size, 120_000))}\n\n`,
  brackets: (size) => `In-Reply-To: ${fill("<", Math.min(size, 120_000))}\n\n`,
  ids: (size) => `References: ${fill("<a@b> ", Math.min(size, 120_000))}\n\n`,
  "encoded words": (size) => `Subject: ${fill("=?x?Q?=00?= ", Math.min(size, 120_000))}\n\n`,
  parameters: (size) => `Content-Type: text/plain; ${fill("a*0=x;", Math.min(size, 120_000))}\n\n`,
  "a huge header": (size) => `X: ${fill("a", size)}\n\n`,
  "folded headers": (size) => `X: a\n${fill(" \n", Math.min(size, 39_000))}\n\n`,
  "nameless headers": (size) => `${fill(":\n", Math.min(size, 39_000))}\n\n`,
  "open tags": (size) => `Content-Type: text/html\n\n${fill("<a href='", size)}`,
  entities: (size) => `Content-Type: text/html\n\n${fill("&lt", size)}`,
  "an unknown charset": (size) =>
    `Content-Type: text/plain; charset=nothing-${fill("x", 1_000)}\n\n${fill("\u00ff", size / 2)}`,
  "qmail without an end": (size) =>
    `From: a@example.net\n\nHi. This is the ${fill("\n\n<a@b.example>:", Math.min(size, 120_000))}`,
  "exim without an end": (size) =>
    `From: a@example.net\n\nThis message was created automatically by mail delivery software${fill(" recipients ", size)}`,
  colons: (size) =>
    `Content-Type: message/delivery-status\n\nAction: failed\nDiagnostic-Code: ${fill(": 55", size)}`,
  dots: (size) => `Content-Type: message/delivery-status\n\nStatus: ${fill("5.1.", size)}`,
  "nothing but zeros": (size) => "\0".repeat(size),
};

const status = "--a\nContent-Type: message/delivery-status\n\nAction: failed\n\n";

function fill(text: string, size: number): string {
  return text.repeat(Math.max(0, Math.floor((size - 100) / text.length)));
}
