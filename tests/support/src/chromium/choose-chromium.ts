/** What a search for Chromium asks of a machine. */
export interface ChromiumMachine {
  /** The value of CSAT_CHROMIUM: a program, given by whoever runs the tests. */
  readonly given: string | undefined;
  /** Where Playwright keeps the Chromium it downloads; there may be none. */
  readonly playwrightProgram: string;
  /** What `<program> --version` prints; null when the program is missing or does not run. */
  versionOf(program: string): string | null;
  readonly mayInstall: boolean;
  /** Tries to put a Chromium on the PATH. */
  install(): void;
}

/** A Chromium that runs. */
export interface ChosenChromium {
  /** A path, or a name that the PATH knows. */
  readonly program: string;
  /** In words, which one it is and where it comes from. */
  readonly origin: string;
}

/** What Chromium and its kin are called: the one without windows first, which is the fastest, then the free one. */
const programs = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The Chromium that was given, else one on the machine, else Playwright's own, else one that is installed now.
 * @throws Error that says how to get one, or that the given one does not run
 */
export function chooseChromium(machine: ChromiumMachine): ChosenChromium {
  const { given } = machine;
  if (given !== undefined && given !== "") {
    const chosen = tried(machine, given, "CSAT_CHROMIUM");
    if (chosen !== null) return chosen;
    throw new Error(`CSAT_CHROMIUM is "${given}", which does not run: "${given} --version" failed.`);
  }
  const found =
    onMachine(machine, "on this machine") ??
    tried(machine, machine.playwrightProgram, "downloaded by Playwright") ??
    installed(machine);
  if (found !== null) return found;
  throw new Error(
    [
      "These tests drive Chromium, and found none on this machine. Do one of:",
      "  - install Chromium or Chrome, e.g. apt-get install chromium or brew install --cask chromium",
      "  - npx playwright-core install --with-deps chromium, in the folder tests",
      "  - set CSAT_CHROMIUM to the path of one",
    ].join("\n"),
  );
}

function installed(machine: ChromiumMachine): ChosenChromium | null {
  if (!machine.mayInstall) return null;
  machine.install();
  return onMachine(machine, "just installed");
}

function onMachine(machine: ChromiumMachine, origin: string): ChosenChromium | null {
  for (const program of programs) {
    const chosen = tried(machine, program, origin);
    if (chosen !== null) return chosen;
  }
  return null;
}

function tried(machine: ChromiumMachine, program: string, origin: string): ChosenChromium | null {
  const version = machine.versionOf(program);
  return version === null ? null : { program, origin: `${program} (${version}), ${origin}` };
}
