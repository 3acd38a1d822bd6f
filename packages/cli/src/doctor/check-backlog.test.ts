import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "./check-backlog.ts";

test.each(["acme", "a b", "it's", "$(rm x)", "-x", "ümlaut", "", 'say "hi"', "a;b"])(
  "a shell reads %j back as one word",
  (text) => {
    const read = execFileSync("sh", ["-c", `printf '%s|' ${shellWord(text)}`], { encoding: "utf8" });
    expect(read).toBe(`${text}|`);
  },
);
