import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { aDay, minutesOfDay, type Outage } from "./alerts/a-day.ts";
import { type Claim, untrue } from "./alerts/promtool.ts";
import type { Series } from "./alerts/series.ts";
import { root } from "./pages/markdown-files.ts";

const guide = readFileSync(join(root, "docs/guides/production.md"), "utf8");
const rules = /```yaml\n(groups:[\s\S]*?)```/.exec(guide)?.[1] ?? "";

const hour = 60;
const outages: readonly Outage[] = [
  { of: "mail server", from: 3 * hour, until: 4 * hour },
  { of: "worker", from: 6 * hour, until: 6 * hour + 40 },
  { of: "Redis", from: 9 * hour, until: 9 * hour + 30 },
  { of: "receiver", from: 12 * hour, until: 22 * hour },
];

/** Which alerts an outage sets off, and for how many minutes after its end they may go on: what waits leaves by and by. */
const causes: readonly { readonly alert: string; readonly by: Outage["of"]; readonly goesOn: number }[] = [
  // A put-off mail is tried again within an hour.
  { alert: "CsatMailNotTaken", by: "mail server", goesOn: hour + 5 },
  { alert: "CsatNoWorker", by: "worker", goesOn: 5 },
  { alert: "CsatSurveysWait", by: "worker", goesOn: 5 },
  { alert: "CsatWakeUpsLost", by: "Redis", goesOn: 6 },
  // An event is tried again within six hours, so to the day's end.
  { alert: "CsatReceiverDown", by: "receiver", goesOn: 6 * hour },
  { alert: "CsatEventsGivenUp", by: "receiver", goesOn: 6 * hour },
];

/** Every alert of the guide, and how many minutes it takes at most. */
function alerts(): readonly { readonly alert: string; readonly withinMinutes: number }[] {
  return rules
    .split("- alert: ")
    .slice(1)
    .map((rule) => {
      const [alert = ""] = rule.split("\n");
      const [, count, unit = ""] = /\bwithin: (\d+)([mhd])\b/.exec(rule) ?? [];
      const minutes = { m: 1, h: hour, d: 24 * hour }[unit] ?? Number.NaN;
      return { alert, withinMinutes: Number(count) * minutes };
    });
}

function outageOf(wanted: Outage["of"]): Outage {
  const found = outages.find(({ of }) => of === wanted);
  if (found === undefined) throw new Error(`No outage of the ${wanted} is played.`);
  return found;
}

let day: Series;
beforeAll(async () => {
  day = await aDay(outages);
});

test("each alert that an outage sets off fires within the time that the guide states", () => {
  const claims = causes.map(({ alert, by }): Claim => {
    const withinMinutes = alerts().find((one) => one.alert === alert)?.withinMinutes ?? Number.NaN;
    return { alert, firesAt: outageOf(by).from + withinMinutes };
  });
  expect(claims).toHaveLength(6);
  expect(untrue(rules, day, claims)).toBeNull();
});

test("none fires besides, in any other minute of the day", () => {
  const claims = alerts().flatMap(({ alert }): readonly Claim[] => {
    const cause = causes.find((one) => one.alert === alert);
    if (cause === undefined) return [{ alert, quietFrom: 0, quietUntil: minutesOfDay - 1 }];
    const { from, until } = outageOf(cause.by);
    const before: Claim = { alert, quietFrom: 0, quietUntil: from };
    const over = until + cause.goesOn;
    if (over >= minutesOfDay - 1) return [before];
    return [before, { alert, quietFrom: over, quietUntil: minutesOfDay - 1 }];
  });
  expect(claims.map(({ alert }) => alert)).toContain("CsatNoAnswers");
  expect(untrue(rules, day, claims)).toBeNull();
});

test("what no outage of that day sets off fires for what it is about", () => {
  const rising = (perMinute: number) => Array.from({ length: 6 * hour }, (_, minute) => minute * perMinute);
  const bad: Series = new Map([
    ['csat_surveys_sent_total{instance="worker"}', rising(1)],
    // 50 an hour are 0.84 a minute.
    ['csat_surveys_given_up{instance="web"}', rising(1)],
  ]);
  const claims: readonly Claim[] = [
    { alert: "CsatNoAnswers", firesAt: 5 * hour },
    { alert: "CsatSurveysGivenUp", firesAt: 2 * hour },
  ];
  expect(untrue(rules, bad, claims)).toBeNull();
  expect([...causes, ...claims].map(({ alert }) => alert).toSorted()).toEqual(
    alerts()
      .map(({ alert }) => alert)
      .toSorted(),
  );
});

test("the judge says no to what is untrue", () => {
  expect(untrue(rules, day, [{ alert: "CsatMailNotTaken", firesAt: hour }])).toContain("CsatMailNotTaken");
  const quiet: Claim = { alert: "CsatMailNotTaken", quietFrom: 0, quietUntil: minutesOfDay - 1 };
  expect(untrue(rules, day, [quiet])).toContain("CsatMailNotTaken");
});
