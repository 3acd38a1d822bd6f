import { beforeAll, expect, test } from "vitest";
import { checkBlocks } from "./blocks/check-blocks.ts";
import { describeFinding, type Finding } from "./blocks/finding.ts";
import { missingPart } from "./blocks/quoted.ts";

const fence = (language: string, ...lines: readonly string[]) => [`\`\`\`${language}`, ...lines, "```"];

const bad: readonly (readonly [what: string, page: readonly string[], finding: RegExp])[] = [
  [
    "code with a wrong type",
    fence("ts", "", 'const rating: number = "5";'),
    /^docs\/bad-0\.md:3: Type 'string'/,
  ],
  [
    "a method that is not there",
    fence("ts", "await csat.ticketSolved(resolution);"),
    /:2: Property 'ticketSolved'/,
  ],
  [
    "an import that is not there",
    fence("ts", 'import { nothing } from "@csat/core";'),
    /:2: .*no exported member/,
  ],
  ["a name nobody declared", fence("js", "nobody();"), /:2: Cannot find name 'nobody'/],
  ["code that does not parse", fence("ts", "const = 1;"), /:2: /],
  [
    "a file of the page that is not there",
    fence("ts", 'import "./src/none.ts";'),
    /:2: .*'\.\/src\/none\.ts'/,
  ],
  ["JSON with a comment", fence("json", "{} // no"), /:2: It is no JSON/],
  [
    "SQL without its table",
    fence("sql", "select * from nowhere;"),
    /:2: Postgres: .*"nowhere" does not exist/,
  ],
  [
    "a script that is not there",
    fence("sh", "", "npm run nothing"),
    /:3: package\.json has no script "nothing"/,
  ],
  ["a package that nobody uses", fence("sh", "npm install left-pad"), /:2: .*left-pad/],
  ["a command of csat that is not there", fence("sh", "npx csat repair"), /:2: csat has no command "repair"/],
  [
    "an option of csat that is not there",
    fence("sh", "npx csat doctor --mend"),
    /:2: csat doctor takes no --mend/,
  ],
  ["a script behind another command", fence("sh", "cd docs && npm run nothing"), /:2: .*"nothing"/],
  ["a program nobody knows", fence("sh", "frobnicate --all"), /:2: "frobnicate" is no command/],
  ["an unknown program in brackets", fence("sh", 'id=$(frobnicate) && echo "$id"'), /:2: "frobnicate"/],
  [
    "a file that is not there",
    fence("sh", "node scripts/none.mjs"),
    /:2: There is no file "scripts\/none\.mjs"/,
  ],
  ["a package outside the workspace", fence("sh", "pnpm --filter @csat/none build"), /:2: .*"@csat\/none"/],
  ["a quotation mark without its other", fence("sh", 'echo "a'), /:2: No shell reads it/],
  ["a block without a language", fence("", "words"), /:2: The block names no language/],
  ["a language without a check", fence("cobol", "STOP RUN."), /:2: No check reads `cobol`/],
  ["a component that is not quoted", fence("vue", "<template />"), /:2: .*quoted from an example/],
  [
    "a comment that means nothing",
    ["<!-- block: trust me -->", ...fence("ts", "")],
    /:3: The comment "block: trust me"/,
  ],
  [
    "an exemption without a reason",
    ["<!-- block: not checked, because -->", ...fence("ts", "")],
    /means nothing/,
  ],
  [
    "a file of a page that nobody follows",
    ["<!-- block: followed src/csat.ts -->", ...fence("ts", "")],
    /:3: Nobody follows this page/,
  ],
  [
    "a quotation of a file that is not there",
    ["<!-- block: from examples/none.ts -->", ...fence("ts", "const a = 1;")],
    /:3: examples\/none\.ts is not there/,
  ],
  [
    "a quotation with another word",
    [
      "<!-- block: from examples/quickstart/src/embed.ts -->",
      ...fence("ts", 'import { createServer } from "node:http";', "// …", "await csat.startWork();"),
    ],
    /:5: From this line on it does not stand in examples\/quickstart\/src\/embed\.ts/,
  ],
];

const good: readonly string[] = [
  ...fence("ts", "const delay: number = 1;"),
  "<!-- block: continues -->",
  ...fence("ts", "delay.toFixed();"),
  "<!-- block: file src/wiring.ts -->",
  ...fence("ts", "export const wiring = { csat };"),
  ...fence("ts", 'import { wiring } from "./src/wiring.ts";', 'await wiring.csat.getSettings("acme");'),
  "<!-- block: not checked, because it is the idea and not the code -->",
  ...fence("ts", "do what I mean"),
  ...fence(
    "sh",
    "# npm run nothing",
    "PORT=1 npm run demo -- --x > out.txt # and behind",
    "echo '; npm run nothing'",
  ),
  ...fence("sql", "select count(*) from csat.tickets;"),
];

// One call for all pages: it compiles one program.
let findings: readonly Finding[] = [];
beforeAll(async () => {
  const pages = [good, ...bad.map(([, lines]) => lines)].map((lines, index) => ({
    path: index === 0 ? "docs/good.md" : `docs/bad-${index - 1}.md`,
    text: `${lines.join("\n")}\n`,
  }));
  findings = (await checkBlocks(pages)).findings;
});
const findingsOn = (page: string) => findings.filter((finding) => finding.page === page).map(describeFinding);

test.each(bad.map((row, index) => [...row, index] as const))(
  "%s is found, at its line",
  (_what, _lines, finding, index) => {
    const found = findingsOn(`docs/bad-${index}.md`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((text) => !finding.test(text))).toEqual([]);
  },
);

test("blocks may go on, import one another, lean on the context, and be exempt with a reason", () => {
  expect(findingsOn("docs/good.md")).toEqual([]);
});

const source = "function a() {\n  one();\n  two();\n\n  three();\n}\n";
const quotations: readonly (readonly [what: string, quotation: string, missing: number | null])[] = [
  ["the whole", source, null],
  ["lines moved to the left", "one();\ntwo();\n", null],
  ["lines around an ellipsis", "function a() {\n  // …\n  three();\n}\n", null],
  ["lines that do not follow each other", "one();\nthree();\n", 0],
  ["parts in another order", "three();\n// …\none();\n", 2],
  ["part of a line", "one", 0],
];

test.each(quotations)("a quotation is word for word: %s", (_, quotation, missing) => {
  expect(missingPart(quotation, source)).toBe(missing);
});
