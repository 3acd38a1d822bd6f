import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { aBrowser } from "./world/a-browser.ts";
import { aSurveyLink } from "./world/a-survey-link.ts";
import { anOrigin } from "./world/an-origin.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await aBrowser();
});
afterAll(async () => await browser.close());

/** Somebody's page with a frame in it. At `/away?to=…` it leads elsewhere. */
const aSite = () =>
  anOrigin(({ url = "/" }, response) => {
    const to = new URL(url, "http://site.example").searchParams.get("to");
    if (to !== null) {
      response.writeHead(307, { location: to, "access-control-allow-origin": "*" }).end();
      return;
    }
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>A page</title><iframe></iframe>");
  });

async function visit(origin: string): Promise<Page> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(origin);
  return page;
}

async function frame(page: Page, src: string): Promise<void> {
  await page.evaluate((address) => document.querySelector("iframe")?.setAttribute("src", address), src);
}

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

const nothing = { read: "failed", posted: "failed", blind: "failed" };
const refusedFrame = "chrome-error://chromewebdata/";

test("a page of a named origin reads, answers and frames the survey, one of another origin cannot", async () => {
  // S83, S29
  const [named, stranger] = [await aSite(), await aSite()];
  const { link, csat, ref, asked } = await aSurveyLink({ surveyOrigins: [named], frameAncestors: [named] });

  const elsewhere = await visit(stranger);
  await frame(elsewhere, link);
  expect(await elsewhere.evaluate(asking, link)).toEqual(nothing);
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "awaiting" });
  await expect.poll(() => elsewhere.frames().at(-1)?.url()).toBe(refusedFrame);

  const here = await visit(named);
  await frame(here, link);
  await here.frameLocator("iframe").getByRole("button", { name: "Send rating" }).waitFor();
  asked.length = 0;
  const { read, posted } = await here.evaluate(asking, link);
  expect(read).toMatchObject([200, expect.arrayContaining(["state", "subject", "texts", "theme"])]);
  expect(posted).toEqual([201, ["rating", "comment", "respondedAt"]]);
  // A preflight asks for the JSON; the read and the form by script need none.
  expect(asked).toEqual(["GET", "OPTIONS", "POST", "POST"]);
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "answered", response: { rating: 4 } });
});

test("an origin may be written with capitals and a slash at its end, and the page is the named one", async () => {
  // S83
  const named = await aSite();
  const written = `${named.replace("http", "HTTP")}/`;
  const { link } = await aSurveyLink({ surveyOrigins: [written], frameAncestors: [written] });
  const page = await visit(named);
  await frame(page, link);
  await page.frameLocator("iframe").getByRole("button", { name: "Send rating" }).waitFor();
  expect(await page.evaluate(asking, link)).toMatchObject({ posted: [201, expect.anything()] });
});

test.each([
  ["another scheme", (origin: string) => origin.replace("http:", "https:")],
  ["another name of the same server", (origin: string) => origin.replace("127.0.0.1", "localhost")],
  ["another port", (origin: string) => origin.replace(/:(\d+)$/, (_, port) => `:${Number(port) - 1}`)],
  ["no port", (origin: string) => origin.replace(/:\d+$/, "")],
])(
  "a page whose origin differs from the named one by %s reads, answers and frames nothing",
  async (_, differing) => {
    // S83
    const origin = await aSite();
    const named = [differing(origin)];
    const { link, csat, ref } = await aSurveyLink({ surveyOrigins: named, frameAncestors: named });
    const page = await visit(origin);
    await frame(page, link);
    expect(await page.evaluate(asking, link)).toEqual(nothing);
    await expect.poll(() => page.frames().at(-1)?.url()).toBe(refusedFrame);
    expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "awaiting" });
  },
);

test("a document without an origin is none that is named: in a sandbox, by a data address, behind a stranger's redirect", async () => {
  // S83
  const [named, stranger] = [await aSite(), await aSite()];
  const { link, csat, ref } = await aSurveyLink({ surveyOrigins: [named], frameAncestors: [named] });
  const page = await visit(named);
  const html = "<!doctype html><title>Nobody's</title>";
  for (const [name, value] of [
    ["srcdoc", html],
    ["src", `data:text/html,${html}`],
  ] as const) {
    await page.evaluate(
      (attributes) => {
        const sandbox = document.createElement("iframe");
        for (const [key, text] of Object.entries(attributes)) sandbox.setAttribute(key, text);
        document.body.append(sandbox);
      },
      { sandbox: "allow-scripts", [name]: value },
    );
    await expect.poll(() => page.frames().at(-1)?.title()).toBe("Nobody's");
    const nobody = page.frames().at(-1);
    expect(await nobody?.evaluate("origin")).toBe("null");
    expect(await nobody?.evaluate(asking, link)).toEqual(nothing);
  }
  expect(await page.evaluate(asking, `${stranger}/away?to=${encodeURIComponent(link)}`)).toEqual(nothing);
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "awaiting" });
});

test("a named origin gets no more than reading and answering: no cookies, no other method, no header of its own", async () => {
  // S83
  const named = await aSite();
  const { link } = await aSurveyLink({ surveyOrigins: [named] });
  const page = await visit(named);
  const outcomes = await page.evaluate(async (address) => {
    const told = (init: RequestInit) =>
      fetch(address, init).then(
        ({ status }) => status,
        () => "failed",
      );
    return [
      await told({ credentials: "include" }),
      await told({ method: "PUT" }),
      await told({ method: "DELETE" }),
      await told({ headers: { authorization: "Bearer x" } }),
      await told({ headers: { accept: "application/json" } }),
    ];
  }, link);
  expect(outcomes).toEqual(["failed", "failed", "failed", "failed", 200]);
});

test("a beacon, a form of text and a hidden script of a stranger answer nothing", async () => {
  // S83, S25
  const stranger = await aSite();
  const { link, csat, ref, asked } = await aSurveyLink({ surveyOrigins: ["https://www.example.com"] });
  const page = await visit(stranger);
  await page.evaluate(async (address) => {
    navigator.sendBeacon(address, new URLSearchParams({ rating: "1" }));
    const blind = { method: "POST", mode: "no-cors", keepalive: true } as const;
    await fetch(address, { ...blind, body: '{"rating":1}' }).catch(() => {});
    const fields = new FormData();
    fields.set("rating", "1");
    await fetch(address, { ...blind, body: fields }).catch(() => {});
    const image = new Image();
    image.src = `${address}?rating=1`;
    await image.decode().catch(() => {});
  }, link);
  await expect.poll(() => [...asked].sort()).toEqual(["GET", "POST", "POST", "POST"]);
  expect(await csat.getTicketPanel(ref)).toMatchObject({ state: "awaiting" });
});

test("an origin that may read the survey may not frame it, and a framing one not inside a stranger's page", async () => {
  // S83, S29
  const [named, stranger] = [await aSite(), await aSite()];
  const readable = await aSurveyLink({ surveyOrigins: [named] });
  const reader = await visit(named);
  await frame(reader, readable.link);
  await expect.poll(() => reader.frames().at(-1)?.url()).toBe(refusedFrame);

  const framed = await aSurveyLink({ frameAncestors: [named] });
  const outer = await visit(stranger);
  await frame(outer, named);
  const inner = outer.frameLocator("iframe").locator("iframe");
  await inner.waitFor({ state: "attached" });
  await inner.evaluate((element, src) => element.setAttribute("src", src), framed.link);
  await expect.poll(() => outer.frames().map((each) => each.url())).toContain(refusedFrame);
});
