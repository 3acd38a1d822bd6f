import * as fc from "fast-check";
import { expect, test } from "vitest";
import { anEmail, introOf, linksOf } from "../../test/an-email.ts";
import { renderEmail } from "./render-email.ts";

const markup = `<img src=x onerror="alert('1')">&amp;</td></table><!--`;
const escaped =
  "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;&lt;/td&gt;&lt;/table&gt;&lt;!--";

// S36
test.each(["customerName", "ticketSubject", "workspaceName", "operatorName"] as const)(
  "markup in %s is text in the HTML, and itself in subject and text part",
  (key) => {
    const template = "{{customer_name}} {{ticket_subject}} {{workspace_name}} {{operator_name}}";
    const email = anEmail({ [key]: markup, subject: template, bodyIntro: template });
    expect(email.html).not.toContain("<img");
    expect(email.html).toContain(escaped);
    expect(email.subject).toContain(markup);
    expect(email.text).toContain(markup);
  },
);

// S36
test("markup in an admin's own text is text too", () => {
  const email = anEmail({ subject: markup, bodyIntro: `${markup}\n${markup}` });
  expect(introOf(email)).toEqual([`${escaped}<br>${escaped}`]);
  expect(email.subject).toBe(markup);
  expect(email.html).toContain(`<title>${escaped}</title>`);
});

// S37
test("a link stands in its attribute whatever it holds, and reads the same afterwards", () => {
  const link = 'https://help.example.com/csat?a=1&b="><script>';
  const links = { 1: link, 2: link, 3: link, 4: link, 5: link, optOut: link };
  const facts = {
    customerName: null,
    ticketSubject: "",
    workspaceName: "",
    operatorName: null,
    locale: null,
  };
  const email = renderEmail({ settings: { subject: null, bodyIntro: null }, facts, links, theme: null });
  const attribute = 'href="https://help.example.com/csat?a=1&amp;b=&quot;&gt;&lt;script&gt;"';
  expect(email.html.split(attribute)).toHaveLength(7);
  expect(email.text.split(`: ${link}\n`)).toHaveLength(7);
});

// S36
test("a subject is not HTML-escaped", () => {
  const email = anEmail({ customerName: `Q&A <"Tom" O'Hara>`, subject: "Hi {{customer_name}} & co" });
  expect(email.subject).toBe(`Hi Q&A <"Tom" O'Hara> & co`);
});

// S36
test("no line break or control character gets into the subject, from wherever", () => {
  const email = anEmail({
    customerName: "Dana\r\nBcc: eve@example.com\u0000",
    ticketSubject: "a\u2028b\u0085c",
    subject: "Hi {{customer_name}}\n\tabout\u001b {{ticket_subject}}\r\n",
  });
  expect(email.subject).toBe("Hi Dana Bcc: eve@example.com about a b c");
});

// S34
test("a ticket subject that holds a placeholder stays as it is, in every part", () => {
  const email = anEmail({
    ticketSubject: "{{workspace_name}} {{operator_name}}",
    subject: "{{ticket_subject}}",
  });
  expect(email.subject).toBe("{{workspace_name}} {{operator_name}}");
  expect(introOf(email).join("")).toContain("“{{workspace_name}} {{operator_name}}”");
  expect(email.text).toContain("“{{workspace_name}} {{operator_name}}”");
});

// S34
test("replacement patterns in a name are just text", () => {
  const email = anEmail({
    customerName: "$& $1 $` $' $$",
    subject: "{{customer_name}}",
    bodyIntro: "{{customer_name}}",
  });
  expect(email.subject).toBe("$& $1 $` $' $$");
  expect(introOf(email)).toEqual(["$&amp; $1 $` $&#39; $$"]);
});

// S34, S35
test("inherited keys and unknown placeholders stay as they are written", () => {
  const template = "{{constructor}} {{__proto__}} {{toString}} {{first_name}} {{ }}";
  const email = anEmail({ subject: template, bodyIntro: template });
  expect(email.subject).toBe(template);
  expect(introOf(email)).toEqual([template]);
});

// S34
test.each(["<%= 7 * 7 %>", "[[= it.subject ]]", "[[~ process.exit(1) ]]", "#{7 * 7}", "<mj-raw>x</mj-raw>"])(
  "an admin's text is never run as a template: %s",
  (code) => {
    const email = anEmail({ subject: code, bodyIntro: code, customerName: code });
    expect(email.subject).toBe(code);
    expect(email.text.startsWith(`${code}\n`)).toBe(true);
  },
);

// S36
test("long names and subjects of outsiders are cut in every part of the mail", () => {
  const email = anEmail({
    customerName: "n".repeat(500),
    ticketSubject: "s".repeat(500),
    subject: "{{customer_name}} {{ticket_subject}}",
  });
  expect(email.subject).toBe(`${"n".repeat(79)}… ${"s".repeat(149)}…`);
  for (const part of [email.html, email.text]) {
    expect(part).toContain(`${"n".repeat(79)}…`);
    expect(part).not.toMatch(/n{80}|s{150}/);
  }
});

// S36
test("half of a surrogate pair never leaves in a mail", () => {
  const email = anEmail({
    customerName: "a\ud83d",
    bodyIntro: "{{customer_name}} \udc00",
    subject: "\ud800{{customer_name}}",
  });
  for (const part of [email.subject, email.html, email.text]) expect(part).not.toMatch(/\p{Cs}/u);
});

/** Every tag but those that the text itself may need. */
function tagsOf(html: string): readonly string[] {
  return (html.match(/<\/?[a-z!][^\s>]*/gi) ?? []).filter((tag) => !/^<\/?(?:p|br|bdi)$/.test(tag));
}

// S36, S37
test("whatever outsiders and admins write, the mail has five links of ours and no element that we did not write", () => {
  const plain = anEmail();
  const tags = tagsOf(plain.html);
  const links = linksOf(plain);
  const nasty = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom(
      markup,
      '"><a href="https://evil.example">',
      "-->",
      "]]>",
      "</style>",
      "{{customer_name}}",
    ),
  );
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 6, maxLength: 6 }), (texts) => {
      const [
        customerName = "",
        ticketSubject = "",
        workspaceName = "",
        operatorName = "",
        subject = "",
        bodyIntro = "",
      ] = texts;
      const email = anEmail({ customerName, ticketSubject, workspaceName, operatorName, subject, bodyIntro });
      expect(tagsOf(email.html)).toEqual(tags);
      expect(linksOf(email)).toEqual(links);
      expect(email.subject).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(email.subject).not.toBe("");
      expect(`${email.text}${email.html}`).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cs}]/u);
    }),
  );
});
