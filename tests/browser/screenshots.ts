// Takes a picture of every page and state, in light and in dark: npm run screenshots [-- --docs] [-- --only WORD].
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromiumFlags, findChromium } from "@csat-internal/test-support";
import { chromium, type Page } from "playwright-core";
import { anEmptyDemo, fillScene } from "./world/a-scene.ts";
import { type Face, facesOf, firstFaces } from "./world/faces.ts";
import { fillHost } from "./world/fill-host.ts";
import { hostFaces } from "./world/host-faces.ts";
import { openHost } from "./world/open-host.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, ".cache", "screenshots");

const docs = join(root, "docs", "images");

/** Those that the documentation shows, as far as they fit on a screen. */
const shownInDocs: ReadonlySet<string> = new Set([
  "dashboard-light",
  "dashboard-dark",
  "own-light",
  "ticket-answered-light",
  "settings-light",
  "settings-tried-light",
  "settings-whom-light",
  "mail-light",
  "survey-chosen-light",
]);
const { values: asked } = parseArgs({
  options: { docs: { type: "boolean", default: false }, only: { type: "string", default: "" } },
});
const isForDocs = asked.docs;

async function take(page: Page, face: Face): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(face.screen ?? { width: 1280, height: 800 });
  await page.setExtraHTTPHeaders({ ...face.headers });
  await face.before?.(page);
  await page.goto(face.path);
  await face.prepare?.(page);
  // A frame is painted after the page is loaded, by the time of the second picture at the latest.
  if (page.frames().length > 1) await page.screenshot();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const name = `${face.name}-${colorScheme}`;
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    if (isForDocs && shownInDocs.has(name)) {
      const path = join(docs, `${name}.png`);
      const clip = { x: 0, y: 0, width: 1280, height: 960 };
      if (face.part === undefined) await page.screenshot({ path, fullPage: true, clip });
      else await page.locator(face.part).screenshot({ path });
    }
  }
}

const { program, origin } = findChromium();
console.log(`Chromium: ${origin}`);
rmSync(folder, { recursive: true, force: true });
for (const made of isForDocs ? [folder, docs] : [folder]) mkdirSync(made, { recursive: true });
const [demo, host, browser] = await Promise.all([
  anEmptyDemo({ database: { kind: "memory" } }),
  openHost({ isOpen: true }),
  chromium.launch({ executablePath: program, args: [...chromiumFlags] }),
]);
try {
  const page = await browser.newPage({ baseURL: demo.origin });
  const takeAll = async (faces: readonly Face[]) => {
    for (const face of faces) if (face.name.includes(asked.only)) await take(page, face);
  };
  await takeAll(firstFaces);
  const scene = await fillScene(demo, { tickets: 1_200, days: 60 });
  await takeAll(facesOf(scene));
  await fillHost(host);
  const hostPage = await browser.newPage({ baseURL: host.origin });
  for (const face of hostFaces) if (face.name.includes(asked.only)) await take(hostPage, face);
} finally {
  await browser.close();
  await host.close();
  await demo.close();
}
console.log(`Pictures are in ${folder}${isForDocs ? `, a few of them in ${docs}` : ""}`);
