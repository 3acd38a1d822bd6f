import type { Mail, MailOutcome } from "@csat/core";
import { expectEqual, expectTrue } from "../assertions.ts";
import { type Given, uniqueId } from "../builders.ts";
import type { ChannelCase, ChannelFixture, ChannelTrouble } from "../case.ts";
import { aMail } from "../mailer/send-and-read.ts";

const signal = () => new AbortController().signal;

/** A message for somebody whose address is none of the internet, its links in the text. */
function aMessage(address: string, given: Given<Mail> = {}): Mail {
  const mail = aMail({ channel: "chat", to: { name: "Ann Ito", address }, ...given });
  return Object.freeze({ ...mail, text: `${mail.text}\n${Object.values(mail.links).join("\n")}` });
}

function send({ mailer }: ChannelFixture, message: Mail): Promise<MailOutcome> {
  return mailer.send(message, signal());
}

function expectLinks(text: string, { links }: Mail): void {
  for (const [name, link] of Object.entries(links))
    expectTrue(text.includes(link), `the link ${name} stands in the message`);
}

function troubleCase({
  trouble,
  id,
  rule,
  outcome,
}: {
  readonly trouble: ChannelTrouble;
  readonly id: string;
  readonly rule: string;
  readonly outcome: (outcome: MailOutcome) => boolean;
}): ChannelCase {
  return {
    id: `channel/trouble/${id}`,
    rule,
    async run(fixture) {
      const address = uniqueId("ann");
      fixture.failOnce(trouble);
      const seen = await send(fixture, aMessage(address));
      expectTrue(outcome(seen), `${JSON.stringify(seen)} is the outcome of a service that is ${trouble}`);
      expectEqual((await fixture.received()).length, 0, "messages that arrived");
      const said = "error" in seen ? seen.error : "";
      expectTrue(!said.includes(address) && !said.includes("/r/"), "the error names no address and no link");
      // The service has failed once: what is sent afterwards is taken.
      expectEqual<string>((await send(fixture, aMessage(address))).kind, "accepted", "the next message");
    },
  };
}

const concernsAll = (outcome: MailOutcome) =>
  outcome.kind === "unavailable" && outcome.concerns !== "recipient";

/** What a mailer of any channel but e-mail owes. */
export const channelCases: readonly ChannelCase[] = [
  {
    id: "channel/send/arrives-whole",
    rule: "An accepted message arrives once, at the address as the host gave it, with all five links and the one for opting out.",
    async run(fixture) {
      for (const address of ["+49 151 2345678", "U02ABC:4711", "アン", `${uniqueId("ann")}@chat`]) {
        const before = (await fixture.received()).length;
        const message = aMessage(address);
        expectEqual<string>((await send(fixture, message)).kind, "accepted", "the outcome");
        const arrived = (await fixture.received()).slice(before);
        expectEqual(
          arrived.map((one) => one.address),
          [address],
          "the addresses it arrived at",
        );
        expectLinks(arrived[0]?.text ?? "", message);
      }
    },
  },
  {
    id: "channel/send/many-at-once",
    rule: "Twenty messages at once all arrive, each at its own address with its own links.",
    async run(fixture) {
      const link = (address: string) => `https://help.example.com/csat/r/${address}?rating=`;
      const messages = Array.from({ length: 20 }, () => {
        const address = uniqueId("ann");
        const to = link(address);
        const optOut = to.replace("/r/", "/o/");
        return aMessage(address, {
          links: { 1: `${to}1`, 2: `${to}2`, 3: `${to}3`, 4: `${to}4`, 5: `${to}5`, optOut },
        });
      });
      const outcomes = await Promise.all(messages.map((message) => send(fixture, message)));
      expectEqual(new Set(outcomes.map(({ kind }) => kind)), new Set(["accepted" as const]), "the outcomes");
      const texts = new Map((await fixture.received()).map(({ address, text }) => [address, text]));
      expectEqual(texts.size, messages.length, "the addresses that got one");
      for (const message of messages) expectLinks(texts.get(message.to.address) ?? "", message);
    },
  },
  {
    id: "channel/send/nobody-else",
    rule: "An address that holds commas, line breaks or what a URL is made of reaches nobody else.",
    async run(fixture) {
      for (const address of ["ann,bob", "ann\r\nbob", "../bob", "ann?to=bob", "ann&to=bob#x"]) {
        const before = (await fixture.received()).length;
        await send(fixture, aMessage(address));
        const others = (await fixture.received()).slice(before).filter((one) => one.address !== address);
        expectEqual(others.length, 0, `messages that ${JSON.stringify(address)} brought to somebody else`);
      }
    },
  },
  {
    id: "channel/abort/before-the-send",
    rule: "A send whose signal was aborted before it sends nothing, and answers that the message was not taken.",
    async run(fixture) {
      const { kind } = await fixture.mailer.send(aMessage(uniqueId("ann")), AbortSignal.abort());
      expectEqual<string>(kind, "unavailable", "the outcome");
      expectEqual((await fixture.received()).length, 0, "messages that arrived");
    },
  },
  {
    id: "channel/abort/during-the-send",
    rule: "A send that is aborted resolves, and never claims that nothing was taken when the message arrived.",
    async run(fixture) {
      const aborting = new AbortController();
      const sending = fixture.mailer.send(aMessage(uniqueId("ann")), aborting.signal);
      aborting.abort();
      const { kind } = await sending;
      expectTrue(["accepted", "unavailable", "unknown"].includes(kind), `${kind} is an outcome of an abort`);
      // Whatever the service does now, it does to a message whose fate was told: wait for one that follows it.
      const next = await send(fixture, aMessage(uniqueId("bob")));
      expectEqual<string>(next.kind, "accepted", "the next message");
      const arrived = (await fixture.received()).length - 1;
      expectTrue(kind !== "unavailable" || arrived === 0, "a message that was not taken did not arrive");
    },
  },
  troubleCase({
    trouble: "unreachable",
    id: "unreachable",
    rule: "A service that cannot be reached is everybody's trouble, and took nothing.",
    outcome: concernsAll,
  }),
  troubleCase({
    trouble: "unauthorized",
    id: "unauthorized",
    rule: "A login that the service refuses is everybody's trouble, not the receiver's.",
    outcome: concernsAll,
  }),
  troubleCase({
    trouble: "throttled",
    id: "throttled",
    rule: "A service that takes no more for now may take the message later.",
    outcome: ({ kind }) => kind === "unavailable",
  }),
  troubleCase({
    trouble: "unknown_recipient",
    id: "unknown-recipient",
    rule: "A receiver that the service does not know is refused for good.",
    outcome: ({ kind }) => kind === "refused",
  }),
];
