import type { Page } from "playwright-core";
import type { Scene } from "./a-scene.ts";
import { wearOut, wornOutPath } from "./worn-out-link.ts";

/** A page in one state, as somebody sees it. */
export interface Face {
  /** Kebab-case; names the picture. */
  readonly name: string;
  readonly path: string;
  /** What must be so before the page is opened. */
  readonly before?: (page: Page) => Promise<void>;
  /** Brings the page into its state once it is open. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Pixels of CSS; 1280 by 800 by default. */
  readonly screen?: { readonly width: number; readonly height: number };
  /** The part that the documentation shows, as a selector; the upper part of the page when left out. */
  readonly part?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The first of every kind of page: the first word of a name is its kind. */
export function oneOfEachKind(faces: readonly Face[]): readonly Face[] {
  const kindOf = ({ name }: Face) => name.split("-", 1)[0];
  return faces.filter((face, place) => faces.findIndex((other) => kindOf(other) === kindOf(face)) === place);
}

/** The owner of the company where nothing has happened yet. */
const asZoe = { "x-demo-user": "zoe" };
/** An operator. */
const asBob = { "x-demo-user": "bob" };
const inArabic = { "accept-language": "ar" };
const phone = { width: 320, height: 568 };
const longPage = { width: 1280, height: 1600 };

/** What a newcomer sees, before anything has happened. */
export const firstFaces: readonly Face[] = [
  { name: "tickets-first-start", path: "/" },
  { name: "inbox-empty", path: "/inbox" },
  { name: "webhooks-empty", path: "/webhooks" },
];

/** What stands there after a while. In this order: one of them answers a survey. */
export function facesOf({ tickets, links, optOut }: Scene): readonly Face[] {
  return [
    { name: "tickets-open", path: "/" },
    { name: "tickets-all", path: "/?status=all" },
    { name: "ticket-answered", path: `/tickets/${tickets.answered}` },
    { name: "ticket-new", path: "/tickets/new" },
    { name: "tickets-none", path: "/?status=closed", headers: asZoe },
    { name: "user-menu", path: "/", prepare: (page) => page.locator("header summary").click() },
    { name: "ticket-open", path: `/tickets/${tickets.open}` },
    { name: "ticket-scheduled", path: `/tickets/${tickets.scheduled}?done=resolved` },
    { name: "ticket-left-out", path: `/tickets/${tickets.leftOut}`, prepare: openWhy },
    { name: "ticket-awaiting", path: `/tickets/${tickets.awaiting}` },
    { name: "ticket-failed", path: `/tickets/${tickets.failed}`, prepare: openWhy },
    { name: "ticket-answered-why", path: `/tickets/${tickets.answered}`, prepare: openWhy },
    { name: "inbox", path: "/inbox" },
    { name: "mail", path: "/inbox/1/html" },
    { name: "mail-narrow", path: "/inbox/1/html", screen: phone },
    { name: "dashboard", path: dashboardPath, screen: longPage },
    { name: "dashboard-7-days", path: `${dashboardPath}?days=7`, screen: longPage },
    { name: "dashboard-narrow", path: dashboardPath, screen: phone },
    { name: "dashboard-by-tags", path: `${dashboardPath}?by=tags`, screen: longPage },
    { name: "dashboard-by-tags-narrow", path: `${dashboardPath}?by=tags`, screen: phone },
    { name: "dashboard-one-value", path: `${dashboardPath}?where=team:billing`, screen: longPage },
    { name: "dashboard-empty", path: dashboardPath, headers: asZoe },
    { name: "dashboard-wrong-range", path: `${dashboardPath}?days=0` },
    { name: "dashboard-forbidden", path: dashboardPath, headers: asBob },
    { name: "own", path: ownPath, headers: asBob, screen: longPage },
    { name: "own-narrow", path: ownPath, headers: asBob, screen: phone },
    { name: "own-empty", path: ownPath, headers: asZoe },
    { name: "own-responses", path: `${ownPath}/responses?days=30`, headers: asBob },
    { name: "responses", path: `${dashboardPath}/responses?days=30` },
    { name: "responses-rated-2", path: `${dashboardPath}/responses?days=30&rating=2` },
    { name: "low-ratings", path: `${dashboardPath}/low-ratings?days=30` },
    { name: "settings", path: "/settings/csat" },
    { name: "settings-preview", path: "/csat/api/settings/preview" },
    { name: "settings-saved", path: "/csat/api/settings?saved=1" },
    { name: "settings-refused", path: "/settings/csat", prepare: saveUnknownPlaceholder },
    { name: "settings-whom", path: "/settings/csat", part: ".whom" },
    { name: "settings-wrong-number", path: "/settings/csat", prepare: saveWrongNumber },
    { name: "settings-tried", path: "/settings/csat", prepare: tryQuarter, screen: longPage },
    { name: "settings-tried-narrow", path: "/settings/csat", prepare: tryQuarter, screen: phone },
    { name: "settings-off", path: "/settings/csat", headers: asZoe },
    { name: "settings-narrow", path: "/settings/csat", screen: phone },
    { name: "customers", path: "/settings/customers" },
    { name: "customers-narrow", path: "/settings/customers", screen: phone },
    { name: "customers-none", path: "/settings/customers", headers: asZoe },
    { name: "customer-found", path: "/settings/customers", prepare: lookUp },
    { name: "customer-found-narrow", path: "/settings/customers", prepare: lookUp, screen: phone },
    { name: "arabic-customers-narrow", path: "/settings/customers", headers: inArabic, screen: phone },
    { name: "arabic-dashboard", path: dashboardPath, headers: inArabic, screen: longPage },
    { name: "arabic-dashboard-narrow", path: dashboardPath, headers: inArabic, screen: phone },
    { name: "arabic-own", path: ownPath, headers: { ...asBob, ...inArabic }, screen: longPage },
    { name: "arabic-responses", path: `${dashboardPath}/responses?days=30`, headers: inArabic },
    { name: "arabic-settings", path: "/settings/csat", headers: inArabic },
    { name: "arabic-settings-narrow", path: "/settings/csat", headers: inArabic, screen: phone },
    { name: "arabic-panel", path: `/tickets/${tickets.answered}`, headers: inArabic, prepare: unfold },
    { name: "arabic-webhooks", path: "/webhooks", headers: inArabic },
    { name: "webhooks", path: "/webhooks" },
    { name: "webhooks-given-up", path: "/csat/api/webhooks?dead" },
    { name: "webhooks-narrow", path: "/webhooks", screen: phone },
    { name: "webhooks-tested", path: "/webhooks", prepare: sendTestEvent },
    { name: "webhooks-forbidden", path: "/csat/api/webhooks", headers: { "x-demo-user": "bob" } },
    { name: "not-found", path: "/nothing" },
    { name: "survey", path: withoutQuery(links.open) },
    { name: "survey-chosen", path: links.open },
    {
      name: "survey-narrow",
      path: links.open,
      // What must be seen there without scrolling ends above the comment.
      screen: { width: 320, height: 480 },
    },
    { name: "survey-arabic", path: links.open, headers: { "accept-language": "ar" } },
    { name: "survey-nothing-chosen", path: withoutQuery(links.open), prepare: sendUnchecked },
    { name: "survey-comment-too-long", path: links.open, prepare: sendTooMuch },
    { name: "survey-thanks", path: links.toAnswer, prepare: sendRating },
    { name: "survey-recorded", path: links.answered },
    { name: "survey-unknown-link", path: `/csat/r/${"x".repeat(26)}` },
    { name: "survey-too-many", path: wornOutPath, before: wearOut, prepare: seeRefusal },
    { name: "opting-out", path: optOut },
    { name: "opting-out-narrow", path: optOut, screen: phone },
    { name: "opting-out-arabic", path: withoutQuery(optOut), headers: inArabic },
    { name: "opting-out-done", path: optOut, prepare: optOutThere },
    { name: "opting-out-undone", path: optOut, prepare: undoThere },
  ];
}

const dashboardPath = "/csat/api/analytics";
const ownPath = "/csat/api/my/analytics";

async function seeRefusal(page: Page): Promise<void> {
  await page.getByText("Too many requests").waitFor();
}

async function openWhy(page: Page): Promise<void> {
  await page.getByText("Why?").click();
}

async function unfold(page: Page): Promise<void> {
  await page.locator(".why summary").click();
}

async function saveUnknownPlaceholder(page: Page): Promise<void> {
  await page.getByLabel("Subject").fill("About {{nick_name}}");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").first().waitFor();
}

async function saveWrongNumber(page: Page): Promise<void> {
  await page.getByLabel("Days of rest after asking").fill("400");
  await page.locator("form.fields").evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").first().waitFor();
}

async function lookUp(page: Page): Promise<void> {
  await page.getByLabel("Customer ID").fill("4712");
  await page.getByRole("button", { name: "Look up" }).click();
  await page.getByRole("heading", { name: "What keeps this customer" }).waitFor();
}

async function tryQuarter(page: Page): Promise<void> {
  await page.getByLabel("Days of rest after asking").fill("30");
  await page.getByLabel("Percent of tickets").fill("25");
  await page.getByRole("button", { name: "Try on the last 30 days" }).click();
  await page.getByRole("heading", { name: "with what stands below" }).waitFor();
}

async function sendTestEvent(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Send a test event" }).click();
  await page.getByRole("heading", { name: "Test event" }).waitFor();
}

async function sendTooMuch(page: Page): Promise<void> {
  await page.getByRole("textbox").fill("It took too long. ".repeat(300));
  await sendUnchecked(page);
}

async function sendRating(page: Page): Promise<void> {
  await page.getByRole("textbox").fill("Friendly and clear.\nThe second answer already solved it.");
  await page.getByRole("button").click();
  await page.getByText("Thank you.").waitFor();
}

async function optOutThere(page: Page): Promise<void> {
  await page.getByRole("button").click();
  await page.getByText("no more").waitFor();
  await page.getByRole("button", { name: "Undo" }).waitFor();
}

async function undoThere(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("again").waitFor();
}

// What a browser would not send by itself, other clients do.
async function sendUnchecked(page: Page): Promise<void> {
  await page.locator("form").evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await page.getByRole("button").click();
  await page.getByRole("alert").first().waitFor();
}

function withoutQuery(link: string): string {
  return link.replace(/\?.*$/, "");
}
