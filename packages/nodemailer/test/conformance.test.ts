import { testMailer } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { nodemailerMailer } from "../src/index.ts";
import { smtpInbox } from "./support/smtp-inbox.ts";

testMailer(
  "nodemailerMailer",
  {
    async create() {
      const inbox = await smtpInbox();
      const mailer = nodemailerMailer({ transport: inbox.url, from: "csat@help.example" });
      return {
        mailer,
        received: async () => inbox.mails,
        close: async () => {
          mailer.close();
          await inbox.close();
        },
      };
    },
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
