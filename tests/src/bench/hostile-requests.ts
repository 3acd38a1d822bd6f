/** A request that tries to cost more than it should, and the same without what makes it hostile. */
export interface HostileRequest {
  readonly name: string;
  hostile(): Request;
  empty(): Request;
}

/** What Node's server takes of all headers together, and so of a path and a query. */
const headerBytes = 15_600;
/** A little less than the handler takes of a body. */
const bodyBytes = 64_000;

/** Every hostile request; `token` opens a survey of the handler that they go to, mounted at `/csat`. */
export function hostileRequests(token: string): readonly HostileRequest[] {
  const pages = ["/r/x", `/r/${token}`];
  return [
    ...pages.flatMap((path) => headersAt(path, publicHeaders, browser)),
    ...headersAt("/api/tickets/T1/explain", operatorHeaders, browser),
    ...headersAt("/assets/csat.css", ["if-none-match"], {}),
    ...pages.flatMap((path) => queriesAt(path, ["rating"])),
    ...queriesAt("/api/analytics", ["days", "from", "to", "resolver", "unattributed"]),
    ...queriesAt("/api/analytics/responses", ["cursor", "limit", "rating", "back"]),
    ...queriesAt("/api/webhooks", ["cursor", "dead"]),
    ...queriesAt("/api/settings", ["saved"]),
    ...hostilePaths(),
    ...hostileHosts(),
    ...pages.flatMap((path) => bodiesAt("POST", path)),
    ...bodiesAt("PUT", "/api/settings"),
    ...bodiesAt("POST", "/api/settings"),
    ...bodiesAt("POST", "/api/settings/preview"),
    ...bodiesAt("POST", "/api/webhooks/E1/replay"),
  ];
}

const base = "https://desk.example/csat";
const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
const publicHeaders = ["accept", "accept-language", "cookie", "x-forwarded-for", "forwarded", "user-agent"];
const operatorHeaders = ["accept", "accept-language", "origin", "sec-fetch-site", "x-csat-embed", "cookie"];

/** Texts that cost much where a reader tries every ending, cuts everything up, or makes an object of each part. */
const texts: Readonly<Record<string, (length: number) => string>> = {
  "a tag of 7,800 parts": (length) => repeated("-a", length, "tlh-x"),
  "tags of eight letters": (length) => repeated("-aaaaaaaa", length, "de-x"),
  "valid languages": (length) => repeated("de-AT,", length),
  "made-up languages": (length) => repeated("qaa-x-a,", length),
  commas: (length) => repeated(",", length),
  semicolons: (length) => repeated(";", length),
  weights: (length) => repeated("a;q=0.1,", length),
  parameters: (length) => repeated("a=b;", length, "text/html;"),
  "media types": (length) => repeated("a/b,", length),
  "open quotes": (length) => repeated('a="', length),
  quotes: (length) => repeated('"', length),
  backslashes: (length) => repeated("\\", length, '"'),
  "white space": (length) => repeated(" ", length - 2, "a").concat("b"),
  "white space before each comma": (length) => repeated(`${" ".repeat(50)},`, length),
  digits: (length) => repeated("9", length),
  percents: (length) => repeated("%", length),
  "letters in percents": (length) => repeated("%E2%82%AC", length),
  addresses: (length) => repeated("10.0.0.1, ", length),
  "entity tags": (length) => repeated('W/"aaaa", ', length),
  "one long word": (length) => repeated("a", length),
  dots: (length) => repeated("a.", length),
  at: (length) => repeated("a@", length),
  ampersands: (length) => repeated("a&", length),
  braces: (length) => repeated("{{", length),
  brackets: (length) => repeated("[", length),
};

function repeated(part: string, length: number, start = ""): string {
  return start + part.repeat(Math.max(0, Math.floor((length - start.length) / part.length)));
}

function headersAt(
  path: string,
  names: readonly string[],
  others: Readonly<Record<string, string>>,
): readonly HostileRequest[] {
  return names.flatMap((name) =>
    Object.entries(texts).map(([kind, make]) => ({
      name: `GET ${shown(path)}, ${name} of ${kind}`,
      hostile: () => new Request(base + path, { headers: { ...others, [name]: make(headerBytes) } }),
      empty: () => new Request(base + path, { headers: others }),
    })),
  );
}

function queriesAt(path: string, names: readonly string[]): readonly HostileRequest[] {
  const kinds = Object.entries(texts).flatMap(([kind, make]) => [
    ...names.map((name) => ({ kind: `${name} of ${kind}`, query: `${name}=${encodeURI(make(5_000))}` })),
    { kind: `a query of ${kind}`, query: encodeURI(make(5_000)).replaceAll("#", "") },
  ]);
  const parameters = names.map((name) => ({
    kind: `${name} thousands of times`,
    query: repeated(`${name}=1&`, headerBytes),
  }));
  return [...kinds, ...parameters].map(({ kind, query }) => ({
    name: `GET ${shown(path)}, ${kind}`,
    hostile: () => new Request(`${base}${path}?${query}`, { headers: browser }),
    empty: () => new Request(base + path, { headers: browser }),
  }));
}

function hostilePaths(): readonly HostileRequest[] {
  const segments = ["/", "/a", "/%2F", "/%", "%E2%82%AC", "%00", "a", "%F0%9F%98%80", "../", "r/", "%", "."];
  return ["/r/", "/api/tickets/", "/assets/", "/"].flatMap((path) =>
    segments.map((segment) => ({
      name: `GET ${path} and ${segment} thousands of times`,
      hostile: () => new Request(base + path + repeated(segment, headerBytes), { headers: browser }),
      empty: () => new Request(`${base}${path}x`, { headers: browser }),
    })),
  );
}

function hostileHosts(): readonly HostileRequest[] {
  const hosts = ["a.", "xn--tda.", "ü", "%41", "1."];
  const originOf = (part: string) => `https://${repeated(part, headerBytes)}example`;
  // Newer releases of Node take fewer of these for hosts; what is no URL makes no request.
  const taken = hosts.filter((part) => URL.canParse(originOf(part)));
  return taken.flatMap((part) =>
    ["/r/x", "/api/tickets/T1"].map((path) => ({
      name: `GET ${path} at a host of ${part}`,
      hostile: () => new Request(`${originOf(part)}/csat${path}`),
      empty: () => new Request(base + path),
    })),
  );
}

function bodiesAt(method: string, path: string): readonly HostileRequest[] {
  return Object.entries(bodies).map(([kind, { type, body }]) => ({
    name: `${method} ${shown(path)}, ${kind}`,
    hostile: () => new Request(base + path, { method, body, headers: { ...browser, "content-type": type } }),
    empty: () =>
      new Request(base + path, { method, body: "", headers: { ...browser, "content-type": type } }),
  }));
}

const form = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data; boundary=x";

function part(name: string, value: string): string {
  return `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
}

const bodies: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  "a form of thousands of fields": { type: form, body: numbered(10_000, (index) => `a${index}&`) },
  "a form of one name": { type: form, body: repeated("a&", bodyBytes) },
  "a form of percents": { type: form, body: repeated("%", bodyBytes, "comment=") },
  "a form of broken letters": { type: form, body: repeated("%E2", bodyBytes, "comment=") },
  "a form of line breaks": { type: form, body: repeated("%0D%0A", bodyBytes, "comment=") },
  "a form of marks": { type: form, body: repeated("%CC%81", bodyBytes, "rating=5&comment=a") },
  "a form of placeholders": { type: form, body: repeated("{{a}}", bodyBytes, "bodyIntro=") },
  "a form of open braces": { type: form, body: repeated("{{", bodyBytes, "subject=") },
  "a form of white space": { type: form, body: `${repeated("+", bodyBytes, "bodyIntro=a")}b` },
  "a form that leads back far": { type: form, body: repeated("/..", bodyBytes, "return=/") },
  "a form that leads back by slashes": { type: form, body: repeated("/", bodyBytes, "return=") },
  "JSON of thousands of fields": {
    type: "application/json",
    body: `{${numbered(6_000, (index) => `"a${index}":1,`)}"b":1}`,
  },
  "JSON of one name": { type: "application/json", body: `{${repeated('"a":1,', bodyBytes - 10)}"a":1}` },
  "JSON of brackets": { type: "application/json", body: repeated("[", bodyBytes) },
  "JSON nested deeply": {
    type: "application/json",
    body: `{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`,
  },
  "JSON of quotes": { type: "application/json", body: `{"comment":"${repeated('\\"', bodyBytes - 20)}"}` },
  "JSON of white space": { type: "application/json", body: `{"comment":"a"${" ".repeat(bodyBytes)}}` },
  "JSON of placeholders": { type: "application/json", body: `{"subject":"${repeated("{{a}}", 60_000)}"}` },
  "JSON of many placeholders": {
    type: "application/json",
    body: `{"bodyIntro":"${numbered(7_000, (index) => `{{${index}}}`)}"}`,
  },
  "JSON of a number": { type: "application/json", body: `{"rating":${repeated("9", bodyBytes - 20)}}` },
  "multipart of a thousand parts": {
    type: multipart,
    body: `${numbered(1_000, (index) => part(`a${index}`, ""))}--x--`,
  },
  "multipart of one name": { type: multipart, body: `${part("a", "").repeat(1_000)}--x--` },
  "multipart of dashes": { type: multipart, body: `${part("comment", repeated("--x", 60_000))}--x--` },
  "multipart of line breaks": { type: multipart, body: `${part("comment", repeated("\r\n", 60_000))}--x--` },
  "multipart of headers": { type: multipart, body: `--x\r\n${repeated("a: b\r\n", 60_000)}\r\n\r\n--x--` },
  "multipart with a long boundary": {
    type: `multipart/form-data; boundary=${"x".repeat(headerBytes)}`,
    body: repeated("x", bodyBytes),
  },
  "multipart of a file": {
    type: multipart,
    body: `--x\r\ncontent-disposition: form-data; name="a"; filename="b"\r\n\r\n${"a".repeat(60_000)}\r\n--x--`,
  },
  "a type of many parameters": { type: repeated("a=b;", headerBytes, `${form};`), body: "rating=5" },
  "a type of semicolons": { type: repeated(";", headerBytes, "application/json"), body: "{}" },
};

function numbered(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join("");
}

// A token is a secret, also of a bench.
function shown(path: string): string {
  return path.startsWith("/r/") && path !== "/r/x" ? "/r/TOKEN" : path;
}
