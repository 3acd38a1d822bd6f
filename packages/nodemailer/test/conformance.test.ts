import { type SmtpReply, testMailer } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { nodemailerMailer } from "../src/index.ts";
import { smtpInbox } from "./support/smtp-inbox.ts";

testMailer(
  "nodemailerMailer",
  {
    async create() {
      const replies = new Map<SmtpReply["at"], string>();
      const inbox = await smtpInbox({ refusal: (at) => takeOut(replies, at) });
      const mailer = nodemailerMailer({ transport: inbox.url, from: "csat@help.example" });
      return {
        mailer,
        received: async () => inbox.mails,
        answerOnce: ({ at, line }) => void replies.set(at, line),
        close: async () => {
          mailer.close();
          await inbox.close();
        },
      };
    },
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);

function takeOut<Key, Value>(map: Map<Key, Value>, key: Key): Value | undefined {
  const value = map.get(key);
  map.delete(key);
  return value;
}
