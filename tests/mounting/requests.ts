import { connect } from "node:net";

/** What a browser says it would like. */
export const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

/** A JSON body; a string is sent as it is. */
export function json(value: unknown): RequestInit {
  return {
    method: "POST",
    body: typeof value === "string" ? value : JSON.stringify(value),
    headers: { "content-type": "application/json" },
  };
}

/** The body of an HTML form. */
export function form(fields: Readonly<Record<string, string>>): RequestInit {
  return { method: "POST", body: new URLSearchParams(fields) };
}

/** What a mailbox provider posts when its user presses "unsubscribe" (RFC 8058): no cookie, no origin. */
export const oneClick = {
  urlencoded: () => form({ "List-Unsubscribe": "One-Click" }),
  multipart: (): RequestInit => {
    const body = new FormData();
    body.set("List-Unsubscribe", "One-Click");
    return { method: "POST", body };
  },
};

/** JSON whose length nobody announces: it goes in chunks. */
export function streamed(text: string): RequestInit {
  const init = {
    method: "POST",
    body: new Blob([text]).stream(),
    // Node asks for it with a stream; the DOM's type does not know it yet.
    duplex: "half",
    headers: { "content-type": "application/json" },
  };
  return init;
}

/** Announces a body, sends its beginning and breaks the connection off. */
export function abandon(
  link: string,
  { contentLength, body }: { readonly contentLength: number; readonly body: string },
): Promise<void> {
  const { hostname, port, pathname, host } = new URL(link);
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    "Content-Type: application/json",
    `Content-Length: ${contentLength}`,
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.resetAndDestroy());
    });
    socket.on("error", reject).on("close", () => resolve());
  });
}
