import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename } from "node:path";
import type { PackedPackage } from "../../scripts/packages/packed-packages.ts";
import { readTarball } from "../../scripts/packages/read-tarball.ts";

/** An npm registry for `@csat/*`, with the packed packages as its only versions. */
export interface Registry {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves the tarballs to npm as a registry does, so that `npm install @csat/core` means them and a dependency on
 * `^0.0.0` has to be met. `run` is a part of every address: npm caches by address, and each run has other tarballs.
 */
export async function startRegistry(packages: readonly PackedPackage[], run: string): Promise<Registry> {
  const published = new Map(
    packages.map(({ name, tarball }) => [name, { tarball, bytes: readFileSync(tarball) }] as const),
  );
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").replace(`/${run}/`, "");
    const named = published.get(path);
    const asked = [...published.values()].find(({ tarball }) => path === `tarballs/${basename(tarball)}`);
    if (named !== undefined) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(packument({ ...named, origin: origin() })));
    } else if (asked !== undefined) response.end(asked.bytes);
    else response.writeHead(404, { "content-type": "application/json" }).end("{}");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  function origin(): string {
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/${run}`;
  }
  return {
    url: `${origin()}/`,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

function packument({
  tarball,
  bytes,
  origin,
}: {
  readonly tarball: string;
  readonly bytes: Buffer;
  readonly origin: string;
}) {
  const manifest = JSON.parse(readTarball(tarball).get("package.json") ?? "");
  const dist = {
    tarball: `${origin}/tarballs/${basename(tarball)}`,
    integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}`,
  };
  return {
    name: manifest.name,
    "dist-tags": { latest: manifest.version },
    versions: { [manifest.version]: { ...manifest, dist } },
  };
}
