/** Where the page of all cases stands in the repository. */
export const casesDocumentUrl = new URL("../../../../docs/adapters/conformance-cases.md", import.meta.url);
