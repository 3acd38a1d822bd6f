/** Where the module belongs. */
export const generatedUrl: URL;
/** The module `generated/layout-html.ts`, as text. */
export function compileLayout(): Promise<string>;
