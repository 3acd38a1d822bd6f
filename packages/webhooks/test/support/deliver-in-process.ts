// A process of its own, which reads NODE_EXTRA_CA_CERTS as it starts: delivers to the URL of its first word, trusting one
// certificate of Node's beside what it trusts anyway, and prints the result.
import { rootCertificates } from "node:tls";
import { deliverTo } from "./deliver.ts";

const [url = ""] = process.argv.slice(2);
const options = { lookup: async () => ["127.0.0.1"], certificateAuthorities: rootCertificates.slice(0, 1) };
console.log(JSON.stringify(await deliverTo({ url, options })));
