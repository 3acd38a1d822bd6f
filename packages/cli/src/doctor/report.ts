/** What a finding is, for programs. A new code is a minor release, a removed one a major. */
export type FindingCode =
  | "database_unreachable"
  | "schema_missing"
  | "schema_behind"
  | "schema_ahead"
  | "clock_skew"
  | "redis_unreachable"
  | "smtp_unreachable"
  | "check_failed"
  | "public_url_unreachable"
  | "public_url_failing"
  | "public_url_elsewhere"
  | "public_url_not_https"
  | "surveys_overdue"
  | "mail_failing"
  | "surveys_failed"
  | "receiver_failing"
  | "events_dead"
  | "events_overdue";

/** What one check came to. No message holds an address, a token or a comment. */
export type Report =
  | { readonly check: string; readonly status: "ok"; readonly message: string }
  | {
      readonly check: string;
      readonly status: "finding";
      readonly code: FindingCode;
      readonly message: string;
      /** What to do about it. */
      readonly remedy: string;
    }
  /** Why nobody looked: the config does not say how, or something before it failed. */
  | { readonly check: string; readonly status: "not_checked"; readonly message: string };

/** All is well. */
export function ok(check: string, message: string): Report {
  return { check, status: "ok", message };
}

/** Nobody looked. */
export function notChecked(check: string, message: string): Report {
  return { check, status: "not_checked", message };
}
