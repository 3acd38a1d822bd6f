import type { NextConfig } from "next";

const source = (name: string) => `../../packages/${name}/src/index.ts`;

/** Published packages need none of this: the workspace holds them as sources, and a build folder that its tools pass over. */
const config: NextConfig = {
  distDir: ".cache/next",
  turbopack: {
    resolveAlias: {
      "@csat/core": source("core"),
      "@csat/http": source("http"),
      "@csat/memory": source("memory"),
    },
  },
};

export default config;
