// Starts the bundled worker beside it with the code that was compiled for an earlier one: whoever is killed again
// and again has to start fast. Node 22 has `module.enableCompileCache` for that.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";

const file = join(__dirname, "worker.js");
const cache = join(__dirname, "worker.cache");
const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
const script = new Script(`(function (require) {${readFileSync(file, "utf8")}})`, {
  filename: file,
  ...(cachedData === undefined ? {} : { cachedData }),
});
script.runInThisContext()(require);
if (process.argv.includes("--compile")) {
  writeFileSync(cache, script.createCachedData());
  process.exit(0);
}
