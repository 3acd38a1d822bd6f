// A program that loads CSAT by `import` and by `require` has two copies of every module. Each must know what comes from
// the other: errors, handles, and what it has marked.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";
import type * as Core from "@csat/core";
import type * as Http from "@csat/http";
import type * as Memory from "@csat/memory";
import type * as Mail from "@csat/nodemailer";
import { build } from "esbuild";
import nodemailer from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";

type Copy = typeof Core & typeof Http & typeof Memory & typeof Mail;

const names = ["@csat/core", "@csat/http", "@csat/memory", "@csat/nodemailer"];
const folder = mkdtempSync(join(tmpdir(), "csat-two-copies-"));
let imported: Copy;
let required: Copy;

beforeAll(async () => {
  await Promise.all([bundle("esm", "copy.mjs"), bundle("cjs", "copy.cjs")]);
  imported = await import(pathToFileURL(join(folder, "copy.mjs")).href);
  required = createRequire(import.meta.url)(join(folder, "copy.cjs"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bundle(format: "esm" | "cjs", file: string): Promise<void> {
  await build({
    stdin: {
      contents: names.map((name) => `export * from "${name}";`).join("\n"),
      resolveDir: import.meta.dirname,
    },
    outfile: join(folder, file),
    bundle: true,
    platform: "node",
    format,
    conditions: ["@csat/source"],
    // Only transports made from a URL need it; ours are made by the test.
    external: ["nodemailer"],
  });
}

/** A third copy, in a realm of its own with its own Object, Error and Date, as each test file of Jest has. */
function copyInOtherRealm(): { readonly copy: Copy; readonly run: (code: string) => unknown } {
  const require = createRequire(import.meta.url);
  const context = createContext({
    require,
    module: { exports: {} },
    URL,
    TextEncoder,
    crypto,
    process,
    Buffer,
  });
  runInContext(readFileSync(join(folder, "copy.cjs"), "utf8"), context);
  return { copy: context.module.exports, run: (code) => runInContext(code, context) };
}

test("both are copies: instanceof does not know the other's error", () => {
  expect(new imported.CsatError("not_found", "gone") instanceof required.CsatError).toBe(false);
});

test("an error is recognised by either copy, with its code and with no other", () => {
  for (const [here, there] of [
    [imported, required],
    [required, imported],
  ] as const) {
    const error = new there.CsatError("already_responded", "answered before");
    expect(here.isCsatError(error)).toBe(true);
    expect(here.isCsatError(error, "already_responded")).toBe(true);
    expect(here.isCsatError(error, "survey_not_found")).toBe(false);
    expect(here.isCsatError(Object.assign(new Error("like it"), { code: "already_responded" }))).toBe(false);
  }
});

test("an error of another realm is recognised, and its Date is one", async () => {
  const { copy, run } = copyInOtherRealm();
  const error = new copy.CsatError("already_responded", "answered before");
  expect(error instanceof Error).toBe(false);
  expect(imported.isCsatError(error, "already_responded")).toBe(true);
  const { csat, resolve } = await aDesk(imported, required);
  expect(await resolve(run("new Date()"))).toMatchObject({ kind: "scheduled" });
  expect(await csat.getSettings("acme")).toMatchObject({ enabled: true });
});

test("the handler of one copy answers 404 and 409 for errors that the other copy throws", async () => {
  const { csat, resolve, mail } = await aDesk(required, imported);
  // It promises what every copy of the core promises; only its class is another.
  const handle = imported.createHandler(csat, { basePath: "/csat", authorize: async () => null });
  await resolve(new Date());
  await csat.runDue();
  const link = /http\S+rating=4/.exec((await mail).text)?.[0] ?? "";
  const post = (url: string) =>
    handle(new Request(url, { method: "POST", body: new URLSearchParams({ rating: "4" }) }));
  expect((await post(link)).status).toBe(201);
  expect((await post(link)).status).toBe(409);
  // Another first letter makes a token that nobody was sent.
  const unknown = link.replace(/\/r\/(\w)/, (_whole, letter) => `/r/${letter === "a" ? "b" : "a"}`);
  expect((await post(unknown)).status).toBe(404);
});

test("a transporter that both copies use is prepared once", async () => {
  const transporter = nodemailer.createTransport({ jsonTransport: true });
  let prepared = 0;
  const use = transporter.use.bind(transporter);
  transporter.use = (...words) => {
    prepared++;
    return use(...words);
  };
  for (const { nodemailerMailer } of [imported, required, imported]) {
    const mailer = nodemailerMailer({ transport: transporter, from: "csat@help.example.com" });
    expect((await mailer.send(mail, new AbortController().signal)).kind).toBe("accepted");
  }
  expect(prepared).toBe(1);
});

const link = "https://help.example.com/csat/r/abcdefghijkmnpqrstuvwxyz23";
const mail: Core.Mail = {
  channel: "email",
  links: { 1: link, 2: link, 3: link, 4: link, 5: link, optOut: link },
  to: { name: null, address: "ann@customer.example" },
  fromName: "Acme",
  subject: "How did we do?",
  html: "<p>How did we do?</p>",
  text: "How did we do?",
  headers: {},
  messageIdLocalPart: "survey-1",
  workspaceId: "acme",
};

/** The core of one copy with storage, scheduler and clock of the other. */
async function aDesk(core: Copy, adapters: Copy) {
  let deliver: (mail: Core.Mail) => void = () => {};
  const mail = new Promise<Core.Mail>((done) => {
    deliver = done;
  });
  const ticket: Core.TicketSnapshot = {
    ticketId: "T1",
    status: "resolved",
    subject: "My order",
    url: null,
    workspaceName: "Acme",
    customer: { name: "Ann", email: "ann@customer.example", locale: "en" },
    assignee: null,
  };
  const csat = core.createCsat({
    storage: adapters.memoryStorage(),
    scheduler: adapters.inProcessScheduler(),
    mailer: {
      send: async (sent) => {
        deliver(sent);
        return { kind: "accepted", messageId: null };
      },
    },
    tickets: { getTicket: async () => ticket, getTickets: async () => [ticket] },
    publicUrl: "http://localhost/csat",
  });
  await csat.updateSettings("acme", { enabled: true, sendDelay: "immediately" });
  const resolve = (resolvedAt: unknown) =>
    // The Date of another realm is no Date to the compiler either.
    csat.ticketResolved({
      workspaceId: "acme",
      ticketId: "T1",
      actorId: "bob",
      resolvedAt: resolvedAt as Date,
    });
  return { csat, resolve, mail };
}
