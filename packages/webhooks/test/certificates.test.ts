import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { certificate } from "./support/certificate.ts";
import { aReceiver } from "./support/receiver.ts";

const root = join(import.meta.dirname, "../../..");
const script = join(import.meta.dirname, "support/deliver-in-process.ts");

/** What an attempt says whose process is told of these certificates by NODE_EXTRA_CA_CERTS. */
async function resultWith({
  url,
  extra,
}: {
  readonly url: string;
  readonly extra: string;
}): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "csat-certificates-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "extra.pem");
  writeFileSync(file, extra);
  const words = ["--conditions=@csat/source", "--import", "tsx", script, url];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    cwd: root,
    env: { PATH: process.env.PATH, ...(extra === "" ? {} : { NODE_EXTRA_CA_CERTS: file }) },
  });
  return JSON.parse(stdout);
}

test("certificates of the option come on top of those that the machine's administrator told Node of", async () => {
  const receiver = await aReceiver({ secure: true });
  const url = `https://hooks.example:${receiver.port}/`;
  expect(await resultWith({ url, extra: "" })).toMatchObject({ error: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  expect(await resultWith({ url, extra: certificate })).toEqual({ ok: true });
});
