import { once } from "node:events";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { contentWatch, watched, watchKey } from "./content-watch.ts";

/** A message as Nodemailer compiles it, and the watch that stands in front of it. */
function aWatchedMessage(overSmtp = true) {
  const message = { createReadStream: () => Readable.from([Buffer.from("To: ann\r\n\r\nhello")]) };
  const watch = contentWatch();
  watch.attach(message, overSmtp);
  return { message, watch };
}

// S11
test("over SMTP content may have left once a byte of it was read, not when the stream is made", async () => {
  const { message, watch } = aWatchedMessage();
  expect(watch.mayHaveLeft()).toBe(false);
  const stream = message.createReadStream();
  await once(stream, "readable");
  expect(watch.mayHaveLeft()).toBe(false);
  await buffer(stream);
  expect(watch.mayHaveLeft()).toBe(true);
});

// S11
test("a stream that was never read does not hide one that was", async () => {
  const { message, watch } = aWatchedMessage();
  await buffer(message.createReadStream());
  message.createReadStream();
  expect(watch.mayHaveLeft()).toBe(true);
});

test("without SMTP content may have left as soon as the transport has the message", () => {
  expect(aWatchedMessage(false).watch.mayHaveLeft()).toBe(true);
});

// Versions of Nodemailer that know no signals ask for the stream when the connection is ready, however late.
test("what is held back is not handed out, neither by a stream that was made before nor by one made later", async () => {
  const { message, watch } = aWatchedMessage();
  const before = message.createReadStream();
  watch.holdBack();
  const later = message.createReadStream();
  for (const stream of [before, later]) {
    await expect(buffer(stream)).rejects.toThrow("The mail was given up.");
  }
  expect(watch.mayHaveLeft()).toBe(false);
});

test("a transporter gets one plugin, however often it is used, which leaves other mails alone", () => {
  const plugins: ((mail: { data: object; message: unknown }, done: () => void) => void)[] = [];
  const transporter = {
    sendMail: () => Promise.resolve(null),
    use: (_step: string, plugin: (typeof plugins)[number]) => plugins.push(plugin),
  };
  expect(watched(watched(transporter))).toBe(transporter);
  expect(plugins).toHaveLength(1);
  const seen: unknown[] = [];
  for (const data of [{}, { [watchKey]: (message: unknown) => seen.push(message) }]) {
    plugins[0]?.({ data, message: "compiled" }, () => seen.push("done"));
  }
  expect(seen).toEqual(["done", "compiled", "done"]);
});
