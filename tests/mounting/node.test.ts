import { text } from "node:stream/consumers";
import { toNodeListener } from "@csat/http/node";
import { parsedBodyRules } from "./contract.ts";
import { describeMounts, serve } from "./describe-mount.ts";

const node = `node:http of Node ${process.versions.node}`;

describeMounts(node, [
  { name: "at the root", basePath: "", start: (handler) => serve(toNodeListener(handler)) },
  { name: "under a prefix", start: (handler) => serve(toNodeListener(handler)) },
]);

describeMounts(
  node,
  [
    {
      name: "behind code that has read the body",
      start: (handler) => {
        const listener = toNodeListener(handler);
        return serve(async (incoming, outgoing) => {
          await text(incoming);
          await listener(incoming, outgoing);
        });
      },
    },
  ],
  parsedBodyRules,
);
