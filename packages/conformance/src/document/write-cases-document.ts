import { writeFile } from "node:fs/promises";
import { casesDocument } from "./cases-document.ts";
import { casesDocumentUrl } from "./cases-document-url.ts";

await writeFile(casesDocumentUrl, casesDocument());
