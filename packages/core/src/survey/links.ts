import { CsatError } from "../errors.ts";
import { readLocale } from "./locale.ts";
import type { Rating } from "./response.ts";

/** What the links of one mail are made of. */
export interface LinkParts {
  readonly publicUrl: string;
  readonly token: string;
}

/** The links of one mail, absolute: five by rating, and the one for opting out. To go through the five, go through `ratings`. */
export interface MailLinks extends Readonly<Record<Rating, string>> {
  /** Leads to a page where the customer stops the surveys of this workspace; nothing happens by opening it. */
  readonly optOut: string;
}

/** All links of one mail. `optOut` is made of a token of its own. @throws CsatError `invalid_config`, as `surveyLinks` */
export function mailLinks({
  publicUrl,
  token,
  optOutToken,
  locale,
}: LinkParts & { readonly optOutToken: string; readonly locale: string | null }): MailLinks {
  return {
    ...surveyLinks({ publicUrl, token }),
    optOut: optOutLink({ publicUrl, token: optOutToken, locale }),
  };
}

/**
 * The five links of a mail, absolute: `<publicUrl>/r/<token>?rating=N`, whatever slashes `publicUrl` ends in (S37).
 * @throws CsatError `invalid_config` when `publicUrl` is not one that `normalizePublicUrl` takes
 */
export function surveyLinks({ publicUrl, token }: LinkParts): Readonly<Record<Rating, string>> {
  const base = baseOf(publicUrl);
  const link = (rating: Rating) => `${base}/r/${token}?rating=${rating}`;
  return { 1: link(1), 2: link(2), 3: link(3), 4: link(4), 5: link(5) };
}

/**
 * The link by which a customer opts out: `<publicUrl>/o/<token>`, and `?lang=` with the customer's language where it is
 * known, since nothing else tells the page (S70).
 * @throws CsatError `invalid_config`, as `surveyLinks`
 */
export function optOutLink({
  publicUrl,
  token,
  locale,
}: LinkParts & { readonly locale: string | null }): string {
  const tag = readLocale(locale)?.toString();
  return `${baseOf(publicUrl)}/o/${token}${tag === undefined ? "" : `?lang=${tag}`}`;
}

function baseOf(publicUrl: string): string {
  const base = normalizePublicUrl(publicUrl);
  if (base !== null) return base;
  // The value stays out of the message: it may hold a password.
  throw new CsatError(
    "invalid_config",
    "publicUrl must be an absolute http(s) URL without credentials, query and fragment, e.g. https://help.example.com/csat.",
  );
}

/**
 * The URL in its normal form and without trailing slashes, ready to have a path appended. Null unless it is an
 * absolute http or https URL without credentials, query and fragment.
 */
export function normalizePublicUrl(value: string): string | null {
  // URL alone would read "http:help" as a host and drop white space inside.
  if (!/^https?:\/\/[^\s?#]+$/i.test(value) || !URL.canParse(value)) return null;
  const url = new URL(value);
  if (url.username !== "" || url.password !== "") return null;
  let end = url.href.length;
  while (url.href.charAt(end - 1) === "/") end--;
  return url.href.slice(0, end);
}
