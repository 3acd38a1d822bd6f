import { startSmtpServer, testMailer } from "@csat/conformance";
import { afterEach, describe, it } from "vitest";
import { nodemailerMailer } from "../src/index.ts";

testMailer(
  "nodemailerMailer",
  {
    async create() {
      const smtp = await startSmtpServer();
      const mailer = nodemailerMailer({ transport: smtp.url, from: "csat@help.example" });
      return {
        mailer,
        smtp,
        received: async () => smtp.contents.map((raw) => ({ raw })),
        close: async () => {
          mailer.close();
          await smtp.close();
        },
      };
    },
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
