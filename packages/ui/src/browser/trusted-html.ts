/** What a page's `trustedTypes` offers, as far as it is used here: TypeScript's DOM does not know it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

interface Policy {
  /** Answers a TrustedHTML in truth, which the DOM takes wherever it takes the string. */
  createHTML(html: string): string;
}

let policy: Policy | null = null;

/**
 * HTML of our own handler, for pages that demand Trusted Types: by a policy that no other script can reach, made when it
 * is first needed, so that a second copy of the module makes none. The text itself where the browser knows none.
 * @throws Error when the page's policy does not let us
 */
export function trustedHtml(html: string): string {
  if (!("trustedTypes" in globalThis)) return html;
  // Every browser that has the property has the method.
  const { trustedTypes } = globalThis as unknown as { readonly trustedTypes: TrustedTypes };
  try {
    policy ??= trustedTypes.createPolicy("csat-view", { createHTML: (text) => text });
  } catch {
    throw new Error("This page's policy trusted-types must name csat-view.");
  }
  return policy.createHTML(html);
}
