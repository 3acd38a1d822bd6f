import { defineConfig } from "tsup";
import { shared } from "../../tsup.config.base.ts";

export default defineConfig({
  ...shared,
  entry: ["src/index.ts", "src/channels.ts", "src/mail-errors.ts", "src/rules.ts", "src/transactions.ts"],
  // An import of a built-in module of Node fails the build.
  platform: "neutral",
  esbuildOptions: (options) => {
    // nanoid's other build imports node:crypto; this one takes WebCrypto, which every runtime has.
    options.conditions = ["browser"];
  },
});
