// Checks every hand-written source file against the laws that no off-the-shelf rule knows.
import { sourceFiles } from "./source-files.ts";
import { brokenLaws } from "./source-laws.ts";

const files = sourceFiles(process.cwd());
const broken = files.flatMap((file) => brokenLaws(file).map((law) => ({ path: file.path, ...law })));
for (const { path, line, message } of broken) console.error(`${path}:${line}: ${message}`);
console.log(`${files.length} source files, ${broken.length} broken laws`);
process.exit(broken.length === 0 ? 0 : 1);
