import { fileURLToPath } from "node:url";
import { createHandler, type HandlerOptions } from "@csat/http";
import { toNodeListener } from "@csat/http/node";
import { csatViews } from "@csat/ui";
import { sampleDesk } from "@csat-examples/sample-desk";
import { build, preview } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const basePath = "/csat";

/** What the page may do: its own files and requests, nothing inline. `<csat-view>` needs no more. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/** Who asks, by the token that the front end sends. Yours checks a session or a signature here. */
const authorize: HandlerOptions["authorize"] = async (request) => {
  const token = request.headers.get("authorization");
  if (token === "Bearer olivia") return { workspaceId: "acme", userId: "olivia", role: "owner" };
  if (token === "Bearer bob") return { workspaceId: "acme", userId: "bob", role: "operator" };
  return null;
};

/** Builds the front end and serves it, with the handler beside it on the same origin. */
export async function startServer({ port }: { readonly port: number }) {
  const origin = `http://127.0.0.1:${port}`;
  const { csat, close } = await sampleDesk({ publicUrl: `${origin}${basePath}` });
  const handler = createHandler(csat, { basePath, authorize, views: csatViews({ basePath }) });
  await build({ root, logLevel: "warn" });
  const server = await preview({
    root,
    preview: { host: "127.0.0.1", port, strictPort: true, headers: { "content-security-policy": policy } },
    plugins: [
      {
        name: "csat",
        configurePreviewServer: ({ middlewares }) => void middlewares.use(basePath, toNodeListener(handler)),
      },
    ],
  });
  return {
    origin,
    close: async () => {
      await server.close();
      await close();
    },
  };
}
