import { isFile, isOfHandler, type Mount, mountOf } from "./address.ts";
import { enhance } from "./enhance.ts";
import { hasChanges, leaveWords } from "./guard.ts";
import { type Loaded, load, type Send } from "./load.ts";
import { saveFile } from "./save-file.ts";
import { showFailure } from "./show-failure.ts";
import { ownSheet, viewSheet } from "./style-sheets.ts";
import { trustedHtml } from "./trusted-html.ts";
import { resolve, type Visit, visitOfClick, visitOfSubmit } from "./visit.ts";
import { addStep, stepOf } from "./way-back.ts";

/** A view was shown; `url` is its address, `title` its name for a heading or a tab. */
export type CsatNavigateEvent = CustomEvent<{ readonly url: string; readonly title: string }>;

/** A view could not be shown, or the server refused; `message` says why. */
export type CsatErrorEvent = CustomEvent<{ readonly url: string; readonly message: string }>;

type HeadersOf = () => HeadersInit | Promise<HeadersInit>;

/** What markup may say of the element, for the types of JSX and of templates: see the guide on embedding views. */
export interface CsatViewAttributes {
  /** Address of the view, of the page's own origin unless `crossorigin` is given. */
  readonly src?: string | undefined;
  /** Lets `src` be of another origin, whose handler names the page's in `allowedOrigins`. Cookies go there with `use-credentials` alone. */
  readonly crossorigin?: "" | "anonymous" | "use-credentials" | undefined;
  /** Light or dark whatever the system prefers; as it does when left out. */
  readonly "color-scheme"?: "light" | "dark" | "auto" | undefined;
  /** The property `headers` of the element; frameworks set it as one. */
  readonly headers?: HeadersOf | null | undefined;
  readonly "oncsat-navigate"?: ((event: CsatNavigateEvent) => void) | undefined;
  readonly "oncsat-error"?: ((event: CsatErrorEvent) => void) | undefined;
}

// Servers that render pages load the module too; there is nothing to show there, and the class is never made.
const Base = "HTMLElement" in globalThis ? HTMLElement : (Object as unknown as typeof HTMLElement);

/**
 * `<csat-view src="/csat/api/analytics">` shows a view of the handler and keeps its links and forms inside. `src`
 * must be of the page's own origin; of another one where the attribute `crossorigin` stands. Each view that a link leads
 * to is a step of the browser's history, so Back and a reload find it again; the page's address stays. Two elements of
 * one page with the same `src` need an `id` each. Fires `csat-navigate` and `csat-error`.
 */
export class CsatView extends Base {
  static readonly observedAttributes = ["src"];

  readonly #root = this.attachShadow({ mode: "open" });
  readonly #content = document.createElement("div");
  #life = new AbortController();
  #visit = new AbortController();
  #url = new URL(document.baseURI);
  #isQueued = false;
  #isShown = false;
  #headers: HeadersOf | null = null;

  /** Called before each request for headers such as `authorization`; null sends none. Cookies go along in any case. */
  get headers(): HeadersOf | null {
    return this.#headers;
  }

  // An accessor: Svelte sets a property only where it finds one.
  set headers(headers: HeadersOf | null) {
    const isFirst = this.#headers === null && headers !== null;
    this.#headers = headers;
    // What was asked for without them may have been refused.
    if (isFirst && this.isConnected) this.#queue(() => this.#step());
  }

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#root.append(this.#content);
    if (!this.#isShown) {
      this.#root.adoptedStyleSheets = [ownSheet()];
      this.#content.className = "skeleton";
    }
    enhance(this.#root, this.#preview, signal);
    this.#root.addEventListener("click", (event) => this.#follow(event), { signal });
    this.#root.addEventListener("submit", (event) => this.#follow(event), { signal });
    addEventListener("popstate", () => this.#goBack(), { signal });
    this.#queue(() => this.#step());
  }

  disconnectedCallback(): void {
    this.#life.abort();
    this.#visit.abort();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#queue(() => (this.#isShown ? this.#start() : this.#step()));
  }

  /** Asks for the shown view again. */
  async reload(): Promise<void> {
    await this.#show({ url: this.#url, body: null });
  }

  // Frameworks set properties right after they insert an element.
  #queue(address: () => URL | null): void {
    if (this.#isQueued) return;
    this.#isQueued = true;
    queueMicrotask(() => {
      this.#isQueued = false;
      const url = address();
      if (url !== null && this.isConnected) void this.#show({ url, body: null });
    });
  }

  #start(): URL | null {
    return resolve(this.getAttribute("src"), document.baseURI);
  }

  #step(): URL | null {
    return resolve(stepOf(this.#name()), document.baseURI) ?? this.#start();
  }

  #name(): string {
    return `${this.id} ${this.getAttribute("src")}`;
  }

  #goBack(): void {
    const url = this.#step();
    if (url === null || url.href === this.#url.href) return;
    if (this.#mayLeave()) void this.#show({ url, body: null });
    else addStep(this.#name(), this.#url.href);
  }

  #mayLeave(): boolean {
    return !hasChanges(this.#root) || confirm(leaveWords(this.#root));
  }

  #follow(event: Event): void {
    const mount = mountOf(this.#url);
    if (mount === null) return;
    const visit =
      event instanceof SubmitEvent
        ? visitOfSubmit(event, this.#url, mount)
        : event instanceof MouseEvent
          ? // A link brings no header along: the browser could not save a file by itself.
            visitOfClick(event, this.#url, mount, Boolean(this.headers))
          : null;
    if (visit === null) return;
    event.preventDefault();
    if (isFile(visit.url)) void this.#save(visit.url);
    else if (visit.body !== null || this.#mayLeave()) void this.#show(visit, { isStep: true });
  }

  readonly #send: Send = async (url, init) => {
    // Not #headers: what was set before the element was defined stands before the accessor.
    const headers = new Headers(await this.headers?.());
    new Headers(init.headers).forEach((value, name) => {
      headers.set(name, value);
    });
    return await fetch(url, { ...this.#reach(), ...init, headers });
  };

  // Another origin is asked only where the markup says so, as for a script.
  #reach(): RequestInit {
    const said = this.getAttribute("crossorigin");
    return {
      mode: said === null ? "same-origin" : "cors",
      credentials: said === "use-credentials" ? "include" : "same-origin",
    };
  }

  readonly #preview = { base: () => this.#url.href, send: this.#send };

  /** Shows a view unless a later one is asked for meanwhile. */
  async #show(visit: Visit, { isStep } = { isStep: false }): Promise<void> {
    this.#visit.abort();
    const controller = new AbortController();
    this.#visit = controller;
    const { signal } = controller;
    this.setAttribute("aria-busy", "true");
    try {
      const mount = this.#mountOf(visit.url);
      const send: Send = (url, init) => this.#send(url, { ...init, signal });
      const [sheet, loaded] = await Promise.all([
        viewSheet(`${mount.origin}${mount.basePath}/assets/csat.css`, this.#reach()),
        load(visit, mount, send),
      ]);
      if (signal.aborted) return;
      this.#root.adoptedStyleSheets = [ownSheet(), sheet];
      if (isStep && loaded.isOk && loaded.url.href !== this.#url.href) addStep(this.#name(), loaded.url.href);
      this.#put(loaded, mount);
    } catch (error) {
      if (!signal.aborted) this.#fail(visit.url, error, () => this.#show(visit, { isStep }));
    }
  }

  async #save(file: URL): Promise<void> {
    try {
      await saveFile(file, this.#send);
    } catch (error) {
      this.#fail(file, error, () => this.reload());
    }
  }

  #fail({ href: url }: URL, error: unknown, tryAgain: () => Promise<void>): void {
    const message = error instanceof TypeError || !(error instanceof Error) ? unreachable : error.message;
    showFailure(this.#content, message, tryAgain);
    this.#settle();
    this.#tell("csat-error", { url, message });
  }

  #mountOf(url: URL): Mount {
    const home = this.hasAttribute("crossorigin") ? this.#start() : location;
    const mount = url.origin === home?.origin ? mountOf(url) : null;
    if (mount === null) throw new Error("src leads to no view of this site. For another say crossorigin.");
    return mount;
  }

  #put({ url, title, html, isOk }: Loaded, mount: Mount): void {
    this.#url = url;
    // Our own handler's, of an origin that the page's markup names, and escaped there.
    this.#content.innerHTML = trustedHtml(html);
    // The page would take them for its own: in another tab, and where they are copied.
    for (const link of this.#content.querySelectorAll("a")) {
      const target = resolve(link.getAttribute("href"), url);
      if (target !== null && isOfHandler(target, mount)) link.setAttribute("href", target.href);
    }
    enhance(this.#root, this.#preview, this.#life.signal);
    this.#settle();
    this.#tell("csat-navigate", { url: url.href, title });
    if (isOk) return;
    const said = this.#content.querySelector("[role=alert]")?.textContent;
    this.#tell("csat-error", { url: url.href, message: said ?? title });
  }

  #settle(): void {
    this.removeAttribute("aria-busy");
    this.#content.className = "";
    const heading = this.#content.querySelector<HTMLElement>("h1,h2");
    // The first view comes by itself: it must not take the focus from elsewhere.
    if (this.#isShown && heading !== null) {
      heading.tabIndex = -1;
      heading.focus();
    }
    this.#isShown = true;
  }

  #tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

const unreachable = "The server could not be reached.";
