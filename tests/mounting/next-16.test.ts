import { describeNext } from "./describe-next.ts";

describeNext({ folder: "next-16", flags: [], config: { typescript: { ignoreBuildErrors: true } } });
