import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const blockSize = 512;

/**
 * The files of an npm tarball by their paths inside the package. Reads what npm and pnpm write: a tar is headers of 512
 * bytes, each before its file, padded to whole blocks; a long path is cut into prefix and name.
 */
export function readTarball(path: string): ReadonlyMap<string, string> {
  const tar = gunzipSync(readFileSync(path));
  const files = new Map<string, string>();
  for (let at = 0; at < tar.length; ) {
    const name = field(tar, at, 100);
    const prefix = field(tar, at + 345, 155);
    const size = Number.parseInt(tar.toString("ascii", at + 124, at + 136), 8) || 0;
    const start = at + blockSize;
    const whole = prefix === "" ? name : `${prefix}/${name}`;
    if (whole.startsWith("package/")) {
      files.set(whole.slice("package/".length), tar.toString("utf8", start, start + size));
    }
    at = start + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

function field(tar: Buffer, at: number, length: number): string {
  return tar.toString("utf8", at, at + length).replace(/\0.*$/s, "");
}
