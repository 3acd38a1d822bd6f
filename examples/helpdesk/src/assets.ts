import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { Hono } from "hono";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The style sheets, the script and the icon of the pages, read once. */
export function assetRoutes() {
  const routes = new Hono();
  const folder = new URL("../assets/", import.meta.url);
  for (const name of readdirSync(folder)) {
    const content = readFileSync(new URL(name, folder), "utf8");
    const type = types[extname(name)] ?? "application/octet-stream";
    routes.get(`/${name}`, (context) => context.body(content, 200, { "content-type": type }));
  }
  return routes;
}
