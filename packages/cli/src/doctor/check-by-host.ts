import { attempt } from "../attempt.ts";
import type { Check, CsatConfig } from "../config.ts";
import { type FindingCode, notChecked, ok, type Report } from "./report.ts";
import { why } from "./why.ts";

/** Names of the checks that the config may bring, `redis` and `smtp` always among them. */
export function namesOfHostChecks({ checks }: CsatConfig): readonly string[] {
  return [...new Set(["redis", "smtp", ...Object.keys(checks ?? {})])];
}

/** Runs one of the config's own checks. */
export async function checkByHost({
  check,
  work,
  timeoutMs,
}: {
  readonly check: string;
  readonly work: Check | undefined;
  readonly timeoutMs: number;
}): Promise<Report> {
  if (work === undefined) return notChecked(check, `The config has no checks.${check}.`);
  const checked = await attempt({ timeoutMs, work });
  if (checked.kind === "done") return ok(check, "It answers.");
  const { code, remedy } = known[check] ?? otherwise;
  return { check, status: "finding", code, message: `The check failed: ${why(checked, timeoutMs)}.`, remedy };
}

interface Trouble {
  readonly code: FindingCode;
  readonly remedy: string;
}

const known: Readonly<Record<string, Trouble>> = {
  redis: {
    code: "redis_unreachable",
    remedy: "Start Redis and check its address and login. Until then sweeps send surveys, a little later.",
  },
  smtp: {
    code: "smtp_unreachable",
    remedy: "Check the mail server's address, port, TLS and login. Until then surveys wait; none is lost.",
  },
};

const otherwise: Trouble = {
  code: "check_failed",
  remedy: "It is a check of your own config: see there what it asks.",
};
