import { afterEach, describe, it } from "node:test";
import { testStorage } from "@csat/conformance";
import { myStorage } from "../src/index.ts";
import { emptyDatabase } from "./empty-database.ts";

testStorage(
  "myStorage",
  {
    async create() {
      const database = await emptyDatabase();
      return {
        storage: myStorage(database.connect()),
        otherProcess: myStorage(database.connect()),
        hostTransaction: (work) => database.transaction(work),
        inZone: async (zone) => myStorage(database.connect(zone)),
        close: () => database.close(),
      };
    },
    // A case that your database cannot keep, with the reason: "claim/…": "why".
    known: {},
  },
  {
    describe: (name, body) => void describe(name, body),
    it: (name, body) => void it(name, body),
    skip: (name) => void it.skip(name),
    afterEach: (body) => afterEach(body),
  },
);
