import { expect, test } from "vitest";
import { CsatError } from "../errors.ts";
import { mailLinks, normalizePublicUrl, optOutLink, surveyLinks } from "./links.ts";
import { ratings } from "./response.ts";
import { newToken } from "./token.ts";

const token = "abcdefghijkmnpqrstuvwxyz23";

// S37
test.each([
  ["a host", "https://help.example.com", "https://help.example.com"],
  ["a trailing slash", "https://help.example.com/", "https://help.example.com"],
  ["a sub-path", "https://example.com/help/csat", "https://example.com/help/csat"],
  ["a sub-path with a trailing slash", "https://example.com/help/csat/", "https://example.com/help/csat"],
  ["several trailing slashes", "https://example.com/csat///", "https://example.com/csat"],
  ["a port", "http://127.0.0.1:3000/csat", "http://127.0.0.1:3000/csat"],
  ["an IPv6 host", "http://[::1]:8080/", "http://[::1]:8080"],
  [
    "a path with spaces and umlauts",
    "https://example.com/Büro%20Nord",
    "https://example.com/B%C3%BCro%20Nord",
  ],
  ["a host in Unicode", "https://bücher.example/csat", "https://xn--bcher-kva.example/csat"],
  ["capital letters in scheme and host", "HTTPS://Help.Example.com/Csat", "https://help.example.com/Csat"],
])("five absolute links under a base with %s", (_name, publicUrl, base) => {
  const links = surveyLinks({ publicUrl, token });
  expect(links).toEqual({
    1: `${base}/r/${token}?rating=1`,
    2: `${base}/r/${token}?rating=2`,
    3: `${base}/r/${token}?rating=3`,
    4: `${base}/r/${token}?rating=4`,
    5: `${base}/r/${token}?rating=5`,
  });
});

test("a link read by a browser leads to the token and preselects the rating", () => {
  const fresh = newToken();
  const links = surveyLinks({ publicUrl: "https://help.example.com/csat/", token: fresh });
  for (const rating of ratings) {
    const url = new URL(links[rating]);
    expect(url.pathname).toBe(`/csat/r/${fresh}`);
    expect([...url.searchParams]).toEqual([["rating", `${rating}`]]);
  }
});

test.each([
  ["nothing", ""],
  ["a path alone", "/csat"],
  ["a host without a scheme", "help.example.com/csat"],
  ["a scheme-relative URL", "//help.example.com"],
  ["a scheme without slashes", "https:help.example.com"],
  ["another scheme", "ftp://help.example.com"],
  ["a script", "javascript:alert(1)"],
  ["a query", "https://help.example.com/?a=b"],
  ["an empty query", "https://help.example.com/?"],
  ["a fragment", "https://help.example.com/#top"],
  ["an empty fragment", "https://help.example.com/#"],
  ["a password", "https://user:secret@help.example.com"],
  ["white space around it", " https://help.example.com "],
  ["a line break inside", "https://help.example.com/\ncsat"],
  ["no host", "https://"],
  ["an impossible port", "https://help.example.com:99999"],
])("no public URL: %s", (_name, value) => {
  expect(normalizePublicUrl(value)).toBeNull();
});

const linksUnderPassword = () =>
  surveyLinks({ publicUrl: "https://user:secret@help.example.com", token: newToken() });

test("links refuse a base that is no public URL, and do not repeat a password that it holds", () => {
  expect(linksUnderPassword).toThrow(CsatError);
  expect(linksUnderPassword).toThrow(/^publicUrl must be an absolute http\(s\) URL/);
  expect(linksUnderPassword).not.toThrow(/secret/);
});

// S70
test("a mail's links open with one token and opt out with another", () => {
  const links = mailLinks({
    publicUrl: "https://a.example/csat/",
    token: "one",
    optOutToken: "two",
    locale: "pt_br",
  });
  expect(links[5]).toBe("https://a.example/csat/r/one?rating=5");
  expect(links.optOut).toBe("https://a.example/csat/o/two?lang=pt-BR");
});

// S70
test.each([null, "", "no tag", 'en"><script>', "x".repeat(36), "en&rating=5"])(
  "a link for opting out names no language that is none: %j",
  (locale) => {
    expect(optOutLink({ publicUrl: "https://a.example", token: "two", locale })).toBe(
      "https://a.example/o/two",
    );
  },
);
