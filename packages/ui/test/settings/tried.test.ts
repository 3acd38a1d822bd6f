import type { PolicySimulation, SimulatedDay } from "@csat/core";
import { describe, expect, test } from "vitest";
import { csatViews } from "../../src/index.ts";
import { wordsOf } from "../dashboard/a-dashboard.ts";

const views = csatViews({ basePath: "/csat", locale: () => "en-GB" });
const nothing = { skipped: {}, deferred: {}, canceled: {}, failed: {}, unknown: 0 };

function aDay(day: string, figures: Partial<SimulatedDay> = {}): SimulatedDay {
  return { ...nothing, day, resolved: 0, sent: 0, ...figures };
}

/** A dry run of two days. */
function aSimulation(figures: Partial<PolicySimulation> = {}): PolicySimulation {
  return {
    ...nothing,
    from: "2026-11-29",
    to: "2026-11-30",
    resolved: 1240,
    sent: 612,
    waiting: 0,
    customersAsked: 600,
    customersAskedAgain: 12,
    daily: [
      aDay("2026-11-29", { resolved: 1000, sent: 600, skipped: { asked_recently: 300, "rule:vip": 4 } }),
      aDay("2026-11-30", { resolved: 240, sent: 12 }),
    ],
    ...figures,
  };
}

async function draw(
  simulation: PolicySimulation,
  typed: Readonly<Record<string, string>> = {},
): Promise<string> {
  const request = new Request("https://desk.example/csat/api/settings/simulate", { method: "POST" });
  return await views.draw("settings-simulation", { simulation, typed }, request);
}

describe("a dry run", () => {
  // S67
  test("says in one sentence who would have been asked, and how many of them more than once", async () => {
    const words = wordsOf(await draw(aSimulation()));
    expect(words).toContain(
      "Of 1,240 resolved tickets, 612 would have been asked about. 600 customers would have been asked, 12 of them more than once. Nothing was saved.",
    );
    const one = wordsOf(await draw(aSimulation({ resolved: 1, customersAsked: 1, customersAskedAgain: 0 })));
    expect(one).toContain(
      "Of 1 resolved ticket, 612 would have been asked about. 1 customer would have been asked, 0 of them more than once.",
    );
  });

  test("tells every other end by its reason in words, those of one kind by their number", async () => {
    const html = await draw(
      aSimulation({
        skipped: { sampled_out: 4, asked_recently: 318, "rule:<b>vip": 5 },
        canceled: { reopened: 12 },
        deferred: { customer_being_asked: 7 },
        failed: { refused: 3 },
        waiting: 2,
        unknown: 6,
      }),
    );
    const rows = [...html.matchAll(/<tr><td class="number">(.*?)<\/td><th scope="row">(.*?)<\/th><\/tr>/gs)];
    expect(rows.map(([, count = "", words = ""]) => `${count} ${wordsOf(words)}`)).toEqual([
      "318 Not asked: this customer was asked, or has answered, a short while ago",
      '5 Not asked: the helpdesk\'s rule "<b>vip" says so',
      "4 Not asked: the ticket is not in the sample",
      "12 Canceled: the ticket was reopened",
      "7 Put off: another survey of this customer is on its way",
      "3 Not delivered: the mail server refuses this address",
      "2 Would still wait",
      "6 Cannot be told: what this depends on was never recorded",
    ]);
    expect(html).not.toContain("<b>vip");
  });

  test("has a bar for each day with surveys, and every day in a table", async () => {
    const html = await draw(aSimulation());
    expect(html.match(/class="bars" d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(2);
    const days = [...html.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)];
    expect(
      days.map(([, day = "", figures = ""]) => `${day} ${wordsOf(figures.replaceAll("</td>", " "))}`),
    ).toEqual(["29 Nov 1,000 600 304", "30 Nov 240 12 0"]);
  });

  test("of days without tickets draws no chart, and says so", async () => {
    const html = await draw(
      aSimulation({ resolved: 0, sent: 0, customersAsked: 0, daily: [aDay("2026-11-29")] }),
    );
    expect(wordsOf(html)).toContain("there is nothing to try this on");
    expect(html).not.toContain('class="bars"');
  });

  test("stands above the form as it was typed, which counts as not saved", async () => {
    const html = await draw(aSimulation(), {
      enabled: "on",
      sendDelay: "3_days",
      subject: '"Typed',
      samplePercent: "25",
      return: "/settings?saved=1",
    });
    expect(html).toContain('data-csat-form="guarded" data-unsaved ');
    expect(html).toContain('name="subject" dir="auto" value="&quot;Typed"');
    expect(html).toContain('name="samplePercent" value="25"');
    expect(html).toContain('name="return" value="/settings?saved=1"');
    expect(html).toMatch(/name="enabled" value="true" checked/);
    expect(html).toMatch(/value="3_days" checked/);
  });
});
