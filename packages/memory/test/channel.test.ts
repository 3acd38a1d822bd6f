import { type ChannelTrouble, testChannel } from "@csat/conformance";
import type { MailOutcome } from "@csat/core";
import { afterEach, describe, it } from "vitest";
import { memoryMailer } from "../src/index.ts";

/** What a service's trouble comes to. */
const troubles: Readonly<Record<ChannelTrouble, MailOutcome>> = {
  unreachable: { kind: "unavailable", error: "ECONNREFUSED", concerns: "route" },
  unauthorized: { kind: "unavailable", error: "401", concerns: "sender" },
  throttled: { kind: "unavailable", error: "429", concerns: "recipient" },
  unknown_recipient: { kind: "refused", error: "404" },
};

testChannel(
  "memoryMailer, as a channel's",
  {
    async create() {
      const mailer = memoryMailer();
      return {
        mailer,
        received: async () => mailer.sent.map(({ to, text }) => ({ address: to.address, text })),
        failOnce: (trouble) => mailer.answerNext(troubles[trouble]),
        close: async () => {},
      };
    },
  },
  { describe, it, afterEach, skip: (name) => it.skip(name, () => {}) },
);
