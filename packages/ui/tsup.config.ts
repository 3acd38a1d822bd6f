import { defineConfig, type Options } from "tsup";
import base from "../../tsup.config.base.ts";

// The base is an object; only its declared type could also be a function or a list.
const shared = base as Options;

export default defineConfig({
  ...shared,
  entry: { index: "src/index.ts", element: "src/browser/element.ts" },
});
