import { describe, expect, test } from "vitest";
import { anEmail, introOf } from "../../test/an-email.ts";

// S32: what is blank is not named, and no sentence has a hole or a stand-in between quotation marks.
const nameless: readonly (readonly [
  tag: string,
  subject: string,
  greeting: string,
  intro: string,
  footer: string,
])[] = [
  [
    "en",
    "How did we do?",
    "Hi there,",
    "Your request is resolved. How satisfied are you with the help you got from our team?",
    "This email is about your request. You get it because our support team resolved that request, and asks once for your opinion.",
  ],
  [
    "de-AT",
    "Wie waren wir?",
    "Guten Tag,",
    "Ihre Anfrage ist gelöst. Wie zufrieden sind Sie mit der Hilfe von unserem Team?",
    "In dieser E-Mail geht es um Ihre Anfrage. Sie erhalten sie, weil unser Support diese Anfrage gelöst hat und einmal nach Ihrer Meinung fragt.",
  ],
  [
    "fr",
    "Êtes-vous satisfait de notre aide ?",
    "Bonjour,",
    "Votre demande est résolue. Êtes-vous satisfait de l’aide reçue de notre équipe ?",
    "Cet e-mail concerne votre demande. Vous le recevez parce que notre support a résolu cette demande et vous demande une fois votre avis.",
  ],
  [
    "es",
    "¿Qué tal lo hicimos?",
    "Hola:",
    "Su solicitud está resuelta. ¿Qué tan satisfecho está con la ayuda de nuestro equipo?",
    "Este correo trata de su solicitud. Lo recibe porque nuestro equipo de soporte resolvió esa solicitud y le pide su opinión una sola vez.",
  ],
  [
    "pt",
    "Como foi o nosso atendimento?",
    "Olá!",
    "O seu pedido está resolvido. Qual é a sua satisfação com a ajuda de nossa equipa?",
    "Este e-mail é sobre o seu pedido. Recebe-o porque a nossa equipa de suporte resolveu esse pedido e pede a sua opinião uma única vez.",
  ],
  [
    "ja",
    "対応はいかがでしたか",
    "お客様",
    "お問い合わせが解決しました。担当チーム の対応にどの程度ご満足いただけましたか。",
    "このメールはお問い合わせに関するものです。弊社サポートがお問い合わせを解決し、ご意見を一度だけ伺うためにお送りしています。",
  ],
  [
    "ar",
    "كيف كانت خدمتنا؟",
    "مرحبًا بك،",
    "تم حل طلبك. ما مدى رضاك عن المساعدة التي تلقيتها من فريقنا؟",
    "تتعلق هذه الرسالة بطلبك. وصلتك لأن فريق الدعم لدينا حلّ هذا الطلب ويسألك عن رأيك مرة واحدة.",
  ],
];

// The French put a no-break space before some marks, and names are set apart in HTML; neither is the matter here.
const plain = (text: string) =>
  text
    .replaceAll("\u00a0", " ")
    .replaceAll("\u202f", " ")
    .replaceAll(/<\/?bdi>/g, "");

describe.each(nameless)("the mail in %s", (locale, subject, greeting, intro, footer) => {
  test.each([
    ["empty", ""],
    ["white space", " \t\u00a0"],
    ["characters that show nothing", "\u200b\u0000"],
  ])("says nothing of a subject, a customer and a workspace that are %s", (_what, blank) => {
    const email = anEmail({
      locale,
      customerName: blank,
      operatorName: null,
      ticketSubject: blank,
      workspaceName: blank,
    });
    expect(plain(email.subject)).toBe(subject);
    expect(introOf(email).map(plain)).toEqual([greeting, intro]);
    expect(plain(email.text).startsWith(`${greeting}\n\n${intro}\n\n`)).toBe(true);
    expect(plain(email.text)).toContain(`\n\n${footer}\n`);
  });
});

test("each is left out by itself", () => {
  const withoutSubject = anEmail({ ticketSubject: "" });
  expect(withoutSubject.subject).toBe("How did we do?");
  expect(introOf(withoutSubject)).toEqual([
    "Hi Dana,",
    "Your request is resolved. How satisfied are you with the help you got from Carol?",
  ]);
  expect(withoutSubject.text).toContain("about your request. You get it because Acme resolved that request");
  const withoutCustomer = anEmail({ customerName: null });
  expect(introOf(withoutCustomer)[0]).toBe("Hi there,");
  expect(withoutCustomer.subject).toBe("How did we do with “Printer on fire”?");
  const withoutWorkspace = anEmail({ workspaceName: "" });
  expect(withoutWorkspace.text).toContain("“Printer on fire”. You get it because our support team resolved");
});

test("an admin's template gets words for what is blank", () => {
  const template = "{{customer_name}}/{{ticket_subject}}/{{workspace_name}}/{{operator_name}}";
  const blank = { customerName: null, ticketSubject: "", workspaceName: "", operatorName: null };
  expect(anEmail({ ...blank, subject: template }).subject).toBe("there/your request/Support/our team");
});
