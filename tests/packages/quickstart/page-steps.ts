/** One thing that the page has its reader do, or see. */
export type PageStep =
  | { readonly kind: "file"; readonly path: string; readonly text: string }
  | { readonly kind: "commands"; readonly terminal: Terminal; readonly text: string }
  /** Every line stands somewhere in what the terminal has printed. */
  | { readonly kind: "seen"; readonly terminal: Terminal; readonly lines: readonly string[] }
  /** Ctrl-C in the first terminal. */
  | { readonly kind: "interrupt" };

/** The page speaks of two; the server has the first. */
export type Terminal = "first" | "second";

const block =
  /(?:<!-- block: (?:file|followed) (?<path>\S+) -->\n\n)?^```(?<language>\w+)\n(?<text>.*?)^```$/gms;

/**
 * The steps of a page, in its order: files to save, commands to run, lines to be seen. What stands between two blocks
 * says where: it names the second terminal, or the first, or goes on where it was.
 * @throws Error for a block that is none of these, or a file that the prose does not name
 */
export function pageSteps(markdown: string): readonly PageStep[] {
  const steps: PageStep[] = [];
  let terminal: Terminal = "first";
  let end = 0;
  for (const match of markdown.matchAll(block)) {
    const { path, language, text = "" } = match.groups ?? {};
    const prose = markdown.slice(end, match.index);
    end = match.index + match[0].length;
    if (prose.includes("Ctrl-C")) {
      steps.push({ kind: "interrupt" });
      terminal = "first";
    }
    if (path !== undefined) {
      if (!prose.includes(`\`${path}\``)) throw new Error(`The page does not tell the reader of ${path}.`);
      steps.push({ kind: "file", path, text });
      // Whoever saved a file comes back to where the server runs.
      terminal = "first";
      continue;
    }
    terminal = namedTerminal(prose) ?? terminal;
    if (language === "sh") steps.push({ kind: "commands", terminal, text });
    else if (language === "text") steps.push({ kind: "seen", terminal, lines: linesOf(text) });
    else throw new Error(`The page has a block of ${language} that is neither a file nor a command.`);
    if (prose.includes("first terminal now")) terminal = "second";
  }
  return steps;
}

function namedTerminal(prose: string): Terminal | null {
  const last = Math.max(prose.lastIndexOf("first terminal"), prose.lastIndexOf("second terminal"));
  if (last < 0) return null;
  return prose.startsWith("first", last) ? "first" : "second";
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
