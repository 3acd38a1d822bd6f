import { expect, test } from "vitest";
import { byChannel } from "./channels.ts";
import type { Mail, Mailer } from "./ports/mailer.ts";

const signal = new AbortController().signal;
const inChannel = (channel: string) => ({ channel }) as Mail; // Nothing else of it is looked at.

function taking(messageId: string): Mailer {
  return { send: async () => ({ kind: "accepted", messageId }) };
}

test("each channel has a mailer of its own", async () => {
  // S80
  const mailer = byChannel({ email: taking("<mail>"), chat: taking("<chat>") });
  expect(mailer.channels).toEqual(["email", "chat"]);
  expect(await mailer.send(inChannel("chat"), signal)).toEqual({ kind: "accepted", messageId: "<chat>" });
  expect(await mailer.send(inChannel("email"), signal)).toEqual({ kind: "accepted", messageId: "<mail>" });
});

test("a mail of a channel without a mailer is not taken", async () => {
  // S80
  const mailer = byChannel({ chat: taking("<chat>") });
  for (const channel of ["email", "constructor", "__proto__"])
    expect(await mailer.send(inChannel(channel), signal)).toMatchObject({
      kind: "unavailable",
      concerns: "route",
    });
});

test("what a mailer answers is handed on as it is, whatever it is", async () => {
  // What is no outcome counts as unknown: to call it untaken would mail again and again.
  const nothing = { send: async () => undefined } as unknown as Mailer;
  expect(await byChannel({ chat: nothing }).send(inChannel("chat"), signal)).toBeUndefined();
});

test.each([
  ["no mailer at all", {}, [""]],
  ["nothing", null, [""]],
  ["names that cannot be kept", { "What's up": taking("") }, ["What's up"]],
  ["an empty name", { "": taking("") }, [""]],
  ["what cannot send", { email: null, chat: { send: "later" } }, ["email", "chat"]],
])("%s is refused at the start", (_name, given, paths) => {
  const wrong = given as unknown as Parameters<typeof byChannel>[0]; // JavaScript passes anything.
  expect(() => byChannel(wrong)).toThrow(
    expect.objectContaining({
      code: "invalid_config",
      issues: paths.map((path) => expect.objectContaining({ path })),
    }),
  );
});
