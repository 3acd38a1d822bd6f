import { type ChromiumMachine, chooseChromium } from "@csat-internal/test-support";
import { expect, test } from "vitest";

const playwrightProgram = "/home/ann/.cache/ms-playwright/chromium-1/chrome";

/** A machine with these programs. `onInstall` is what apt-get would add; null where it may not be used. */
function aMachine({
  given,
  programs = [],
  onInstall = null,
}: {
  readonly given?: string;
  readonly programs?: readonly string[];
  readonly onInstall?: readonly string[] | null;
}) {
  const present = new Set(programs);
  let installs = 0;
  const machine: ChromiumMachine = {
    given,
    playwrightProgram,
    versionOf: (program) => (present.has(program) ? "Chromium 156" : null),
    mayInstall: onInstall !== null,
    install: () => {
      installs++;
      for (const program of onInstall ?? []) present.add(program);
    },
  };
  return { machine, installs: () => installs };
}

test("the Chromium of CSAT_CHROMIUM is taken before any other", () => {
  const { machine } = aMachine({
    given: "/opt/mine",
    programs: ["/opt/mine", "chromium", playwrightProgram],
  });
  expect(chooseChromium(machine)).toEqual({
    program: "/opt/mine",
    origin: "/opt/mine (Chromium 156), CSAT_CHROMIUM",
  });
});

test("a Chromium of CSAT_CHROMIUM that does not run is an error, not a reason to take another", () => {
  const { machine, installs } = aMachine({
    given: "/opt/gone",
    programs: ["chromium"],
    onInstall: ["chromium"],
  });
  expect(() => chooseChromium(machine)).toThrow(
    'CSAT_CHROMIUM is "/opt/gone", which does not run: "/opt/gone --version" failed.',
  );
  expect(installs()).toBe(0);
});

test("an empty CSAT_CHROMIUM counts as not given", () => {
  const { machine } = aMachine({ given: "", programs: ["chromium"] });
  expect(chooseChromium(machine).program).toBe("chromium");
});

test.each([
  { programs: ["chromium", "chromium-headless-shell"], chosen: "chromium-headless-shell" },
  { programs: ["google-chrome", "chromium-browser", "chromium"], chosen: "chromium" },
  { programs: ["google-chrome", "chromium-browser"], chosen: "chromium-browser" },
  { programs: [playwrightProgram, "google-chrome"], chosen: "google-chrome" },
])("one on the machine is taken before Playwright's own: $chosen", ({ programs, chosen }) => {
  const { machine, installs } = aMachine({ programs, onInstall: ["chromium"] });
  expect(chooseChromium(machine).program).toBe(chosen);
  expect(installs()).toBe(0);
});

test("Playwright's own is taken before one is installed", () => {
  const { machine, installs } = aMachine({ programs: [playwrightProgram], onInstall: ["chromium"] });
  expect(chooseChromium(machine).origin).toBe(
    `${playwrightProgram} (Chromium 156), downloaded by Playwright`,
  );
  expect(installs()).toBe(0);
});

test("where none is found and apt-get may be used, one is installed", () => {
  const { machine } = aMachine({ onInstall: ["chromium"] });
  expect(chooseChromium(machine)).toEqual({
    program: "chromium",
    origin: "chromium (Chromium 156), just installed",
  });
});

const advice =
  /drive Chromium, and found none.*apt-get install chromium.*playwright-core install.*CSAT_CHROMIUM/s;

test("where none can be had, the error says how to get one", () => {
  expect(() => chooseChromium(aMachine({}).machine)).toThrow(advice);
});

test("an installation that brought nothing ends in the same error, after one try", () => {
  const { machine, installs } = aMachine({ onInstall: [] });
  expect(() => chooseChromium(machine)).toThrow(advice);
  expect(installs()).toBe(1);
});
