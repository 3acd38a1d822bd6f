import { afterEach, expect, test, vi } from "vitest";
import { sha256 } from "./sha256.ts";

afterEach(() => void vi.unstubAllGlobals());

// FIPS 180-4, and the bytes of a letter that UTF-8 writes as two.
const known = [
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["é", "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"],
] as const;

test.each(known)("a digest of %j is the standard's, in Node and where there is none", async (text, hex) => {
  expect(Buffer.from(await sha256(text)).toString("hex")).toBe(hex);
  vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: undefined } }));
  const elsewhere = await sha256(text);
  vi.unstubAllGlobals();
  expect(Buffer.from(elsewhere).toString("hex")).toBe(hex);
});
