import { expect, test } from "vitest";
import { anEmail, introOf, linksOf, sampleOptOutToken, sampleToken } from "../../test/an-email.ts";

const defaultSubject = "How did we do with “Printer on fire”?";
const optOut = `https://help.example.com/csat/o/${sampleOptOutToken}`;
const defaultIntro = [
  "Hi Dana,",
  "Your request “Printer on fire” is resolved. How satisfied are you with the help you got from Carol?",
];

// S31
test.each([
  ["null", null],
  ["empty", ""],
  ["white space", " \t\r\n\u00a0"],
  ["characters that show nothing", "\u200b\u0000"],
])("a subject that is %s means the default", (_name, subject) => {
  const email = anEmail({ subject, bodyIntro: "Own text" });
  expect(email.subject).toBe(defaultSubject);
  expect(introOf(email)).toEqual(["Own text"]);
});

// S31
test.each([
  ["null", null],
  ["empty", ""],
  ["white space", " \t\r\n\u00a0"],
  ["characters that show nothing", "\u200b\u0000"],
])("a body that is %s means the default", (_name, bodyIntro) => {
  const email = anEmail({ subject: "Own subject", bodyIntro });
  expect(email.subject).toBe("Own subject");
  expect(introOf(email)).toEqual(defaultIntro);
  expect(email.text.startsWith(`${defaultIntro.join("\n\n")}\n\n`)).toBe(true);
});

// S32
test("blank names read as a sentence all the same", () => {
  const email = anEmail({ customerName: " ", operatorName: null, ticketSubject: "", workspaceName: "\t" });
  expect(email.subject).toBe("How did we do?");
  expect(introOf(email)).toEqual([
    "Hi there,",
    "Your request is resolved. How satisfied are you with the help you got from our team?",
  ]);
});

test("all four placeholders work in subject and body", () => {
  const template = "{{customer_name}}/{{ ticket_subject }}/{{workspace_name}}/{{operator_name}}";
  const email = anEmail({ subject: template, bodyIntro: template });
  expect(email.subject).toBe("Dana/Printer on fire/Acme/Carol");
  expect(introOf(email)).toEqual(["Dana/Printer on fire/Acme/Carol"]);
  expect(email.text.startsWith("Dana/Printer on fire/Acme/Carol\n\n")).toBe(true);
});

// S37
test.each([
  "https://help.example.com/csat",
  "https://help.example.com/csat/",
  "https://help.example.com/csat//",
])(
  "five absolute links, 1 to 5, and the one for opting out, in the HTML and in the text under %s",
  (publicUrl) => {
    const email = anEmail({ publicUrl });
    const links = [1, 2, 3, 4, 5].map((n) => `https://help.example.com/csat/r/${sampleToken}?rating=${n}`);
    const all = [...links, optOut];
    expect(linksOf(email)).toEqual(all);
    expect(email.text.match(/https?:\S+/g)).toEqual(all);
  },
);

// S37, S70
test("the text part is the intro, a line with a link per rating, the footer and the link for opting out", () => {
  const link = `https://help.example.com/csat/r/${sampleToken}?rating=`;
  expect(anEmail({ bodyIntro: "Hello.\nHow was it?" }).text).toBe(
    `Hello.
How was it?

1 – Very dissatisfied: ${link}1
2 – Dissatisfied: ${link}2
3 – Neutral: ${link}3
4 – Satisfied: ${link}4
5 – Very satisfied: ${link}5

This email is about your request “Printer on fire”. You get it because Acme resolved that request, and asks once for your opinion.
Stop these surveys: ${optOut}
`,
  );
});

test.each([
  ["\n", "One\nTwo\n\nThree\n\n\n\nFour"],
  ["\r\n", "One\r\nTwo\r\n\r\nThree\r\n  \r\n\r\n\r\nFour\r\n"],
])("paragraphs and line breaks of the admin's text are kept (%j)", (_break, bodyIntro) => {
  const email = anEmail({ bodyIntro });
  expect(introOf(email)).toEqual(["One<br>Two", "Three", "Four"]);
  expect(email.text.startsWith("One\nTwo\n\nThree\n\n\n\nFour\n\n1 – ")).toBe(true);
  expect(email.text).not.toContain("\r");
});

test("the HTML stands in the order of a letter: preheader, workspace, intro, buttons, ends, hint, footer, opt-out", () => {
  const { html } = anEmail({ workspaceName: "Acme Support" });
  const positions = [
    "Choose a number from 1 to 5.",
    ">Acme Support<",
    "Hi Dana,",
    'aria-label="Rate 1 of 5"',
    'aria-label="Rate 5 of 5"',
    ">Very dissatisfied<",
    ">Very satisfied<",
    "Choosing a number opens a page where you confirm it.",
    "You get it because Acme Support resolved",
    ">Stop these surveys</a>",
  ].map((text) => html.indexOf(text));
  expect(positions).not.toContain(-1);
  expect(positions).toEqual(positions.toSorted((left, right) => left - right));
});

test("a theme gives its colour and its logo, and the name stands beside the logo as text", () => {
  const logo = "data:image/png;base64,iVBORw0KGgo=";
  const { html } = anEmail({ theme: { accentColor: "#7c3aed", logo } });
  expect(html).toContain('bgcolor="#7c3aed"');
  expect(html).toContain(`<img src="${logo}" alt=""`);
  expect(html).toContain(">Acme</td>");
});

test.each([
  ["a colour that leaves its attribute", { accentColor: '#7c3aed"><script>', logo: null }],
  ["a colour that is a style", { accentColor: "red;background:url(https://evil.example)", logo: null }],
  ["a logo on the web", { accentColor: "#7c3aed", logo: "https://evil.example/pixel.png" }],
  ["a logo that is a page", { accentColor: "#7c3aed", logo: "data:text/html;base64,PHA+" }],
  [
    "a logo that leaves its attribute",
    { accentColor: "#7c3aed", logo: 'data:image/png;base64,A" onerror="x' },
  ],
])("a theme that is none gives the standard look: %s", (_name, theme) => {
  expect(anEmail({ theme }).html).toBe(anEmail({ theme: null }).html);
});

test("a standard mail loads nothing and runs nothing", () => {
  const { html } = anEmail();
  expect(html).not.toMatch(/<(?:img|script|link|iframe|form|object)\b|url\(|@import|@font-face|\son[a-z]+=/i);
  expect(
    html.match(/https?:\/\/[^"'\s<]+/g)?.filter((url) => !/^https:..help.example.com.csat.[ro]./.test(url)),
  ).toEqual(["http://www.w3.org/1999/xhtml"]);
});

test("a mail is far from the 102 kB at which Gmail cuts, a large logo included", () => {
  const logo = `data:image/png;base64,${"A".repeat(59_000)}`;
  const email = anEmail({ bodyIntro: "x".repeat(5_000), theme: { accentColor: "#7c3aed", logo } });
  expect(new TextEncoder().encode(email.html).length).toBeLessThan(90_000);
});

// S70
test.each([
  ["de-AT", "Keine solchen Umfragen mehr", "?lang=de-AT"],
  ["fr", "Ne plus recevoir ces enquêtes", "?lang=fr"],
  ["es_MX", "Dejar de recibir estas encuestas", "?lang=es-MX"],
  ["pt-BR", "Deixar de receber estas pesquisas", "?lang=pt-BR"],
  ["ja", "今後このアンケートを受け取らない", "?lang=ja"],
  ["ar", "إيقاف هذه الاستبيانات", "?lang=ar"],
  ["sv", "Stop these surveys", "?lang=sv"],
  [null, "Stop these surveys", ""],
  ["no tag", "Stop these surveys", ""],
])(
  "both parts offer to stop the surveys in the customer's language, and the link names it: %s",
  (locale, words, query) => {
    const { html, text } = anEmail({ locale });
    expect(html).toContain(`href="${optOut}${query}"`);
    expect(html).toContain(`>${words}</a>`);
    expect(text.endsWith(`\n${words}: ${optOut}${query}\n`)).toBe(true);
  },
);
