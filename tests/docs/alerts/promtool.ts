import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPromtool } from "@csat-internal/test-support";
import type { Series } from "./series.ts";

/** What is true of an alert: it fires in that minute, or in none from one minute to another, both inside. */
export type Claim =
  | { readonly alert: string; readonly firesAt: number }
  | { readonly alert: string; readonly quietFrom: number; readonly quietUntil: number };

/** Lets Prometheus' own promtool judge the claims by the rules and the series; null when all hold, else its words. */
export function untrue(rules: string, series: Series, claims: readonly Claim[]): string | null {
  const folder = mkdtempSync(join(tmpdir(), "csat-alerts-"));
  try {
    writeFileSync(join(folder, "rules.yaml"), rules);
    writeFileSync(join(folder, "test.yaml"), JSON.stringify(testOf(series, claims)));
    const { status, stdout, stderr } = spawnSync(findPromtool(), ["test", "rules", "test.yaml"], {
      cwd: folder,
      encoding: "utf8",
    });
    return status === 0 ? null : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// JSON is YAML, too.
function testOf(series: Series, claims: readonly Claim[]) {
  return {
    rule_files: ["rules.yaml"],
    evaluation_interval: "1m",
    tests: [
      {
        interval: "1m",
        input_series: [...series].map(([name, values]) => ({
          series: name,
          values: values.map((value) => value ?? "_").join(" "),
        })),
        promql_expr_test: claims.map(asExpression),
      },
    ],
  };
}

function asExpression(claim: Claim) {
  const fires = `ALERTS{alertname="${claim.alert}",alertstate="firing"}`;
  if ("firesAt" in claim)
    return {
      expr: `count(${fires}) > 0 or vector(0)`,
      eval_time: `${claim.firesAt}m`,
      exp_samples: [{ labels: "{}", value: 1 }],
    };
  return {
    expr: `sum(count_over_time(${fires}[${Math.max(1, claim.quietUntil - claim.quietFrom)}m])) or vector(0)`,
    eval_time: `${claim.quietUntil}m`,
    exp_samples: [{ labels: "{}", value: 0 }],
  };
}
