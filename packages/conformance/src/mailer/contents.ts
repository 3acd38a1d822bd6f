import { expectEqual } from "../assertions.ts";
import type { MailerCase } from "../case.ts";
import { aMail, sendAndRead } from "./send-and-read.ts";

/** What arrives is what was given. */
export const contentCases: readonly MailerCase[] = [
  {
    id: "mailer/send/arrives-whole",
    rule: "An accepted mail arrives once, with its recipient, the sender's name, its subject, its HTML and its text.",
    async run(fixture) {
      const mail = aMail();
      const read = await sendAndRead(fixture, mail);
      expectEqual(read.to, { name: "Ann Ito", address: "ann@customer.example" }, "To");
      expectEqual(read.from.name, "Acme Support", "the name in From");
      expectEqual(read.subject, mail.subject, "the subject");
      expectEqual([read.html, read.text], [mail.html, mail.text], "HTML and text");
    },
  },
  {
    id: "mailer/send/without-a-name",
    rule: "A recipient without a name is addressed by the bare address.",
    async run(fixture) {
      const read = await sendAndRead(fixture, aMail({ to: { name: null, address: "ann@customer.example" } }));
      expectEqual(read.to, { name: "", address: "ann@customer.example" }, "To");
    },
  },
  {
    id: "mailer/send/headers-as-given",
    rule: "Every header of the mail arrives, once and as given.",
    async run(fixture) {
      const headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        Precedence: "bulk",
      };
      const read = await sendAndRead(fixture, aMail({ headers }));
      for (const [name, value] of Object.entries(headers)) {
        expectEqual(read.headers.get(name.toLowerCase()), [value], name);
      }
    },
  },
  {
    id: "mailer/send/any-script",
    rule: "Names, subject and bodies in any script, emoji included, arrive as written.",
    async run(fixture) {
      const words = "Zoë — 素晴らしい サポート شكرا תודה 🚀👩‍👩‍👧";
      const mail = aMail({
        to: { name: words, address: "ann@customer.example" },
        fromName: words,
        subject: words,
        html: `<p>${words}</p>`,
        text: words,
      });
      const read = await sendAndRead(fixture, mail);
      expectEqual([read.to.name, read.from.name, read.subject], [words, words, words], "names and subject");
      expectEqual([read.html, read.text], [mail.html, mail.text], "HTML and text");
    },
  },
  {
    id: "mailer/send/awkward-names",
    rule: "Quotes, commas, brackets and backslashes in a name stay in the name.",
    async run(fixture) {
      for (const name of ['Ann "The Boss" Ito, Ltd; (x)', "O'Brien & Söhne", "back\\slash", "a@b.example"]) {
        const read = await sendAndRead(
          fixture,
          aMail({ to: { name, address: "ann@customer.example" }, fromName: name }),
        );
        expectEqual(read.to, { name, address: "ann@customer.example" }, "To");
        expectEqual(read.from.name, name, "the name in From");
      }
    },
  },
  {
    id: "mailer/send/lines-as-written",
    rule: "Lines that SMTP or mailboxes treat specially, and very long ones, arrive as written.",
    async run(fixture) {
      const text = `.\n..two dots\nFrom here\n=3D is no escape\n--not a boundary\n${"long ".repeat(600)}end`;
      const read = await sendAndRead(fixture, aMail({ text, html: `<pre>${text}</pre>` }));
      expectEqual([read.text, read.html], [text, `<pre>${text}</pre>`], "text and HTML");
    },
  },
  {
    id: "mailer/send/no-second-header",
    rule: "Line breaks in names, subject or a header's value begin no header and no body, and reach nobody else.",
    async run(fixture) {
      const attack = "x\r\nBcc: evil@evil.example\r\nX-Evil: yes\r\n\r\n<b>evil</b>";
      const before = (await fixture.received()).length;
      const mail = aMail({
        to: { name: attack, address: "ann@customer.example" },
        fromName: attack,
        subject: attack,
        headers: { "X-Survey": attack },
      });
      const read = await sendAndRead(fixture, mail);
      expectEqual((await fixture.received()).length, before + 1, "mails that arrived");
      expectEqual([read.headers.has("bcc"), read.headers.has("x-evil")], [false, false], "Bcc and X-Evil");
      expectEqual(read.to.address, "ann@customer.example", "the address in To");
      expectEqual([read.html, read.text], [mail.html, mail.text], "HTML and text");
    },
  },
];
