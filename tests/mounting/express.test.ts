import { toNodeListener } from "@csat/http/node";
import { createApp } from "@csat-examples/express/app";
import express5 from "express";
import express4 from "express-4";
import { describe } from "vitest";
import { keptBodyRules, mountingRules, parsedBodyRules } from "./contract.ts";
import { describeMounts, serve } from "./describe-mount.ts";
import { versionOf } from "./version-of.ts";

describeMounts("examples/express", [
  { name: "as it stands", start: (handler) => serve(createApp(handler, async () => "/")) },
]);

describe.each([
  { name: versionOf("Express", "express"), express: express5 },
  { name: versionOf("Express", "express-4"), express: express4 },
])("$name", ({ express }) => {
  // Both majors take what Node takes; their own types of a request do not agree with each other.
  const create = express as typeof express5;
  describeMounts(
    "",
    [
      {
        name: "at the root",
        basePath: "",
        start: (handler) => serve(create().use(toNodeListener(handler))),
      },
      {
        name: "under a prefix",
        start: (handler) => serve(create().use("/csat", toNodeListener(handler))),
      },
      {
        name: "in a router of a router",
        basePath: "/help/csat",
        start: (handler) => {
          const inner = create.Router().use("/csat", toNodeListener(handler));
          return serve(create().use("/help", create.Router().use(inner)));
        },
      },
      {
        name: "on a path with all its methods",
        start: (handler) => serve(create().all(/^\/csat\//, toNodeListener(handler))),
      },
      {
        name: "before body parsers",
        start: (handler) =>
          serve(
            create()
              .use("/csat", toNodeListener(handler))
              .use(create.json(), create.urlencoded({ extended: false })),
          ),
      },
    ],
    mountingRules,
  );
  describeMounts(
    "",
    [
      {
        name: "behind json and urlencoded",
        start: (handler) =>
          serve(
            create()
              .use(create.json(), create.urlencoded({ extended: false }))
              .use("/csat", toNodeListener(handler)),
          ),
      },
    ],
    parsedBodyRules,
  );
  describeMounts(
    "",
    [
      {
        name: "behind raw",
        start: (handler) =>
          serve(
            create()
              .use(create.raw({ type: "*/*" }))
              .use("/csat", toNodeListener(handler)),
          ),
      },
      {
        name: "behind text",
        start: (handler) =>
          serve(
            create()
              .use(create.text({ type: "*/*" }))
              .use("/csat", toNodeListener(handler)),
          ),
      },
    ],
    keptBodyRules,
  );
});
