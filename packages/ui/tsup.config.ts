import { defineConfig } from "tsup";
import { shared } from "../../tsup.config.base.ts";

export default defineConfig({
  ...shared,
  entry: { index: "src/index.ts", element: "src/browser/element.ts" },
});
