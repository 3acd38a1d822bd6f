import type { RequestListener } from "node:http";
import { createCsat } from "@csat/core";
import { createHandler } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { inProcessScheduler, memoryMailer, memoryStorage, memoryTickets } from "@csat/memory";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { aBrowser } from "./world/a-browser.ts";
import { anOrigin } from "./world/an-origin.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

/** Reads the survey and answers it by script, and says what the script saw. */
const asking = async (link: string) => {
  const told = (call: Promise<Response>) =>
    call.then(
      async (response) => [response.status, Object.keys(await response.json())],
      () => "failed",
    );
  const read = await told(fetch(link, { headers: { accept: "application/json" } }));
  const headers = { "content-type": "application/json" };
  const posted = await told(fetch(link, { method: "POST", headers, body: '{"rating":4}' }));
  const body = new URLSearchParams({ rating: "1" });
  const blind = await fetch(link, { method: "POST", mode: "no-cors", body }).then(
    ({ type }) => type,
    () => "failed",
  );
  return { read, posted, blind };
};

test("a page of a named origin reads, answers and frames the survey, one of another origin cannot", async () => {
  // S83, S29
  const page: RequestListener = (_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>A page</title><iframe></iframe>");
  };
  const [named, stranger] = [await anOrigin(page), await anOrigin(page)];
  let serve: (...asked: Parameters<RequestListener>) => unknown = () => {};
  const desk = await anOrigin((request, response) => void serve(request, response));
  const csat = createCsat({
    storage: memoryStorage(),
    scheduler: inProcessScheduler(),
    mailer: memoryMailer(),
    tickets: memoryTickets(),
    publicUrl: `${desk}/csat`,
  });
  const options = { surveyOrigins: [named], frameAncestors: [named] };
  serve = toNodeListener(createHandler(csat, { basePath: "/csat", authorize: async () => null, ...options }));
  await csat.updateSettings("acme", { enabled: true });
  const ref = { workspaceId: "acme", ticketId: "T1" };
  const customer = { name: null, email: null, locale: null };
  const ticket = { ticketId: "T1", subject: "Printer", url: null, workspaceName: "Acme", assignee: null };
  const issued = await csat.issueLinks({ ref, ticket: { ...ticket, status: "resolved", customer } });
  if (issued.kind !== "issued") throw new Error(issued.reason);
  const { link } = issued;

  async function visit(origin: string) {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const visitor = await context.newPage();
    await visitor.goto(origin);
    await visitor.evaluate((src) => document.querySelector("iframe")?.setAttribute("src", src), link);
    return visitor;
  }

  const elsewhere = await visit(stranger);
  expect(await elsewhere.evaluate(asking, link)).toEqual({
    read: "failed",
    posted: "failed",
    blind: "failed",
  });
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "awaiting" });
  await expect.poll(() => elsewhere.frames().at(-1)?.url()).toBe("chrome-error://chromewebdata/");

  const here = await visit(named);
  await here.frameLocator("iframe").getByRole("button", { name: "Send rating" }).waitFor();
  const { read, posted } = await here.evaluate(asking, link);
  expect(read).toMatchObject([200, expect.arrayContaining(["state", "subject", "texts", "theme"])]);
  expect(posted).toEqual([201, ["rating", "comment", "respondedAt"]]);
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "answered", response: { rating: 4 } });
});
