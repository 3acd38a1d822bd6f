import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Takes @csat/* from the sources of this repository. A project that installed them leaves this out.
  resolve: { conditions: ["@csat/source", ...defaultClientConditions] },
});
