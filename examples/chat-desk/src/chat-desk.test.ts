import { type ChannelTrouble, testChannel } from "@csat/conformance";
import { fakeClock } from "@csat/memory";
import { afterEach, describe, expect, it, test } from "vitest";
import { chatDesk, chatMailer } from "./chat-desk.ts";
import { fakeChat } from "./fake-chat.ts";

const ann = "+49 151 2345678";

test("a resolved ticket is asked about in the chat, and a number is the answer, once", async () => {
  // S80, S82
  const [chat, clock] = [fakeChat(), fakeClock()];
  const { csat, resolve } = await chatDesk({ chat, clock });
  await resolve("T1", ann);
  await clock.advance({ hours: 1 });
  await csat.runDue();
  expect(chat.messages).toMatchObject([{ address: ann, buttons: ["1", "2", "3", "4", "5"] }]);
  for (const words of ["thanks!", "4", "1"]) await chat.say(ann, words);
  expect(chat.messages.slice(1).map(({ text }) => text)).toEqual([
    "An operator will read this. To rate our help, send a number from 1 to 5.",
    "Thank you. Your rating: 4 of 5.",
    "We have your rating.",
  ]);
  const ref = { workspaceId: "acme", ticketId: "T1" };
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "answered", response: { rating: 4 } });
  const { current } = await csat.getMetrics("acme");
  expect([current.sent, current.responses, current.averageRating]).toEqual([1, 1, 4]);
});

const statuses: Readonly<Record<ChannelTrouble, number>> = {
  unreachable: 0,
  unauthorized: 401,
  throttled: 429,
  unknown_recipient: 404,
};

testChannel(
  "chatMailer",
  {
    async create() {
      const chat = fakeChat();
      return {
        mailer: chatMailer(chat),
        received: async () => chat.messages,
        failOnce: (trouble) => chat.failOnce(statuses[trouble]),
        close: async () => {},
      };
    },
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
