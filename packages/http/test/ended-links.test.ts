import { describe, expect, test } from "vitest";
import { aDesk, browser, type Desk, form, json } from "./a-desk.ts";

const dayMs = 86_400_000;

/** A desk whose links ended a day after the mail of ticket T1, which is that moment now. */
async function anEndedLink(locale?: string): Promise<{ readonly desk: Desk; readonly path: string }> {
  const desk = await aDesk({ settings: { linkExpiryDays: 1 } });
  const token = await desk.survey("T1", locale === undefined ? {} : { locale });
  await desk.clock.advance(dayMs);
  return { desk, path: `/r/${token}` };
}

describe("a link that has ended", () => {
  test("shows so kindly, with the day and without a form, and changes nothing", async () => {
    // S75, S21
    const { desk, path } = await anEndedLink();
    const before = await desk.stored("T1");
    const response = await desk.ask(`${path}?rating=5`, { headers: browser });
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain("<h1>This survey has ended.</h1>");
    expect(html).toContain("Its link worked until ");
    expect(html).toContain(`${desk.clock.now().getUTCFullYear()} (UTC).`);
    expect(html).toContain("Acme Support");
    expect(html).not.toContain("Printer on fire");
    expect(html).not.toContain("<form");
    expect(await desk.stored("T1")).toEqual(before);
  });

  test.each([
    ["de", "Diese Umfrage ist beendet."],
    ["fr", "Cette enquête est terminée."],
    ["es", "Esta encuesta ha terminado."],
    ["pt", "Esta pesquisa foi encerrada."],
    ["ja", "このアンケートは終了しました。"],
    ["ar", "انتهى هذا الاستبيان."],
  ])("says so in %s", async (locale, sentence) => {
    // S75
    const { desk, path } = await anEndedLink(locale);
    expect(await (await desk.ask(path, { headers: browser })).text()).toContain(sentence);
  });

  test("is told to programs with its time, and without a subject", async () => {
    // S75, S83
    const { desk, path } = await anEndedLink();
    const survey = await (await desk.ask(path, { headers: { accept: "application/json" } })).json();
    expect(survey).toMatchObject({ state: "expired", expiredAt: desk.clock.now().toISOString() });
    expect(survey).not.toHaveProperty("subject");
  });

  test("answers 410 to a program, behind 404 and 400, and 409 to one that was answered", async () => {
    // S75, S26
    const { desk, path } = await anEndedLink();
    const post = async (to: string, body: object) => {
      const response = await desk.ask(to, json(body));
      const { error } = await response.json();
      return [response.status, error.code];
    };
    expect(await post("/r/unknown", { rating: 9 })).toEqual([404, "survey_not_found"]);
    expect(await post(path, { rating: 9 })).toEqual([400, "invalid_input"]);
    expect(await post(path, { rating: 5 })).toEqual([410, "survey_expired"]);
    await desk.csat.updateSettings("acme", { linkExpiryDays: null });
    expect((await desk.ask(path, json({ rating: 5 }))).status).toBe(201);
    await desk.csat.updateSettings("acme", { linkExpiryDays: 1 });
    expect(await post(path, { rating: 5 })).toEqual([409, "already_responded"]);
  });

  test.each([
    [410, { rating: "5" }],
    [400, { rating: "9" }],
  ])("gives a browser's form %s with the kind page, and records nothing", async (status, fields) => {
    // S75
    const { desk, path } = await anEndedLink();
    const response = await desk.ask(path, form(fields));
    const html = await response.text();
    expect(response.status).toBe(status);
    expect(html).toContain("<h1>This survey has ended.</h1>");
    expect(html).not.toContain("<form");
    const panel = await desk.csat.getTicketPanel({ workspaceId: "acme", ticketId: "T1" });
    expect(panel).toMatchObject({ state: "awaiting", linksEndedAt: desk.clock.now() });
  });

  test("is a kind page also when what the page shows cannot be read any more", async () => {
    // S75
    const { desk, path } = await anEndedLink();
    const broken = await aDesk({
      broken: {
        submitResponse: desk.csat.submitResponse,
        openSurvey: async () => Promise.reject(new Error("gone")),
      },
      options: { onError: () => {} },
    });
    const response = await broken.ask(path, form({ rating: "5" }));
    const html = await response.text();
    expect(response.status).toBe(410);
    expect(html).toContain("<p>Thank you for wanting to tell us.</p>");
  });
});
