import type { Send } from "./load.ts";

/** Saves a file that the browser alone could not fetch, for it needs the host's headers. @throws Error in words for the reader */
export async function saveFile(url: URL, send: Send): Promise<void> {
  const response = await send(url, {});
  if (!response.ok) throw new Error(`The server answered without a file (${response.status}).`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = /filename="(.+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "";
  link.click();
  // Not at once: browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
