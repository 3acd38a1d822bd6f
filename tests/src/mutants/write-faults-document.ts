import { writeFile } from "node:fs/promises";
import { faultsDocument, faultsDocumentUrl } from "./faults-document.ts";

await writeFile(faultsDocumentUrl, faultsDocument());
