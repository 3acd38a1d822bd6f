import {
  CsatError,
  type CsatIssue,
  consoleLogger,
  errorInWords,
  maxLocaleLength,
  readLocale,
} from "@csat/core";
import type { HandlerCsat } from "./csat-port.ts";
import type { HandlerOptions } from "./handler-options.ts";
import { completeTexts, type TextsByLocale } from "./pages/locale.ts";
import { englishTexts } from "./pages/texts.ts";
import type { TrustedOrigins } from "./same-origin.ts";

/** The options after the check: nothing optional is left to chance. */
export interface CheckedOptions {
  /** Starts with a slash and ends without one; empty at the root. */
  readonly basePath: string;
  readonly authorize: HandlerOptions["authorize"];
  readonly allowRequest: NonNullable<HandlerOptions["allowRequest"]>;
  readonly trustedOrigins: TrustedOrigins;
  readonly surveyOrigins: ReadonlySet<string>;
  readonly frameAncestors: readonly string[];
  readonly texts: TextsByLocale;
  readonly colorScheme: NonNullable<HandlerOptions["colorScheme"]>;
  readonly views: NonNullable<HandlerOptions["views"]> | null;
  /** Never throws. */
  report(error: unknown): void;
}

/**
 * Checks everything that a host can get wrong, once, at start-up.
 * @throws CsatError `invalid_config`, an issue for every wrong option
 */
export function checkOptions(csat: HandlerCsat, options: HandlerOptions): CheckedOptions {
  const issues: CsatIssue[] = [
    ...wrongFunctions(options),
    ...wrongBasePath(options.basePath, csat.publicUrl),
    ...wrongOrigins("allowedOrigins", options.allowedOrigins),
    ...wrongOrigins("surveyOrigins", options.surveyOrigins),
    ...wrongOrigins("frameAncestors", options.frameAncestors),
    ...wrongTexts(options.texts ?? {}),
    ...wrongColorScheme(options.colorScheme),
  ];
  if (issues.length > 0) {
    const list = issues.map(({ path, message }) => `${path} ${message}`).join("; ");
    throw new CsatError("invalid_config", `createHandler: ${list}.`, { issues });
  }
  const own = csat.publicUrl === undefined ? null : new URL(csat.publicUrl).origin;
  return {
    basePath: normalized(options.basePath),
    authorize: (request, action) => options.authorize(request, action),
    allowRequest: async (request, token) => (await options.allowRequest?.(request, token)) ?? true,
    trustedOrigins: { own, allowed: new Set(originsOf(options.allowedOrigins)) },
    surveyOrigins: new Set(originsOf(options.surveyOrigins)),
    frameAncestors: originsOf(options.frameAncestors),
    texts: completeTexts(options.texts ?? {}),
    colorScheme: options.colorScheme ?? "auto",
    views: options.views ?? null,
    report: (error) => {
      try {
        (options.onError ?? tellConsole)(error);
      } catch {
        // A broken log must not change the answer.
      }
    },
  };
}

function tellConsole(error: unknown): void {
  consoleLogger.error(
    { cause: errorInWords(error) },
    "a request failed; onError of createHandler gets the whole error",
  );
}

function wrongFunctions(options: HandlerOptions): readonly CsatIssue[] {
  const given: readonly (readonly [string, string, boolean])[] = [
    ["authorize", typeof options.authorize, true],
    ["allowRequest", typeof options.allowRequest, false],
    ["onError", typeof options.onError, false],
    ["views.render", typeof options.views?.render, options.views !== undefined],
    ["views.asset", typeof options.views?.asset, false],
  ];
  return given
    .filter(([, type, isNeeded]) => type !== "function" && (isNeeded || type !== "undefined"))
    .map(([path]) => ({ path, message: "must be a function" }));
}

function wrongBasePath(basePath: unknown, publicUrl: string | undefined): readonly CsatIssue[] {
  const refuse = (message: string): readonly CsatIssue[] => [{ path: "basePath", message }];
  if (typeof basePath !== "string" || !/^(?:\/[\w~.!$&'()*+,;=:@-]+)*\/?$/.test(basePath)) {
    return refuse('must be a path such as "/csat", or "" for the root');
  }
  if (/\/\.{1,2}(?:\/|$)/.test(basePath)) return refuse('must not contain "." or ".." segments');
  if (publicUrl === undefined) return [];
  const publicPath = normalized(new URL(publicUrl).pathname);
  if (publicPath.endsWith(normalized(basePath))) return [];
  return refuse(
    `must be the end of the path of publicUrl (${publicPath || "/"}), or mailed links miss the handler`,
  );
}

function normalized(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}

function originsOf(origins: readonly string[] = []): readonly string[] {
  return origins.map((origin) => new URL(origin).origin);
}

function wrongOrigins(path: string, origins: unknown = []): readonly CsatIssue[] {
  if (!Array.isArray(origins)) return [{ path, message: "must be a list" }];
  return origins.flatMap((origin, index) =>
    typeof origin === "string" && isOrigin(origin)
      ? []
      : [{ path: `${path}.${index}`, message: "must be an origin such as https://desk.example.com" }],
  );
}

function isOrigin(text: string): boolean {
  // A pattern would be one for frames, and match nothing elsewhere.
  if (!URL.canParse(text) || text.includes("*")) return false;
  const { protocol, username, pathname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && pathname === "/" && search + hash === "";
}

function wrongColorScheme(given: unknown = "auto"): readonly CsatIssue[] {
  const isKnown = ["light", "dark", "auto"].some((known) => known === given);
  return isKnown ? [] : [{ path: "colorScheme", message: "must be light, dark or auto" }];
}

function wrongTexts(texts: Readonly<Record<string, unknown>>): readonly CsatIssue[] {
  return Object.entries(texts).flatMap(([tag, sentences]) => {
    if (readLocale(tag) === null) {
      const message = `must be a BCP 47 tag such as de-AT, ${maxLocaleLength} characters at most`;
      return [{ path: `texts.${tag}`, message }];
    }
    if (typeof sentences !== "object" || sentences === null) {
      return [{ path: `texts.${tag}`, message: "must be an object" }];
    }
    return Object.entries(sentences).flatMap(([key, sentence]) => {
      const path = `texts.${tag}.${key}`;
      if (!Object.hasOwn(englishTexts, key)) return [{ path, message: "is no text of the public page" }];
      return typeof sentence === "string" && sentence.trim() !== ""
        ? []
        : [{ path, message: "must be a text that is not blank" }];
    });
  });
}
