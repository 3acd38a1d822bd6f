import vue from "@vitejs/plugin-vue";
import { defaultClientConditions, defineConfig } from "vite";

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "csat-view" } } })],
  // Takes @csat/* from the sources of this repository. A project that installed them leaves this out.
  resolve: { conditions: ["@csat/source", ...defaultClientConditions] },
});
