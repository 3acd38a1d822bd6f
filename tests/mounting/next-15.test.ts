import { describeNext } from "./describe-next.ts";

describeNext({
  folder: "next-15",
  // Linting, prerendering and tracing took twice as long as the routes themselves.
  flags: ["--experimental-build-mode", "compile"],
  config: { typescript: { ignoreBuildErrors: true }, eslint: { ignoreDuringBuilds: true } },
});
