import type { Csat } from "@csat/core";
import type { BatchObservableResult } from "@opentelemetry/api";
import { instrumentation, type OpenTelemetryOptions } from "./instrumentation.ts";
import { gauges } from "./instruments.ts";

/**
 * Shows what waits, fails and was given up, as `csat.health()` tells it, whenever figures are collected: so an outage
 * shows also when the process that would work is gone. Call it once in a process that runs whatever happens, as a rule
 * the web process; several tell the same. Answers how to stop.
 *
 * Ages are in seconds, 0 where nothing waits; a channel has one from its first outage on. While the database does not
 * answer the figures stand still. No workspace and no endpoint is named: `csat doctor` names them.
 */
export function observeHealth(
  csat: Pick<Csat, "health">,
  options: Pick<OpenTelemetryOptions, "meter"> = {},
): () => void {
  const { meter } = instrumentation(options);
  const made = gauges.map(({ name, unit, description, read }) => ({
    gauge: meter.createObservableGauge(name, { unit, description }),
    read,
    // The SDK tells the last value of what is not observed again, for ever: what is over must be told as 0.
    seen: new Map<string, Readonly<Record<string, string>>>(),
  }));
  const observed = made.map(({ gauge }) => gauge);
  const observe = async (collected: BatchObservableResult) => {
    const health = await csat.health().catch(() => null);
    if (health === null) return;
    for (const { gauge, read, seen } of made) {
      const over = new Map(seen);
      for (const { value, attributes = {} } of read(health)) {
        const key = JSON.stringify(attributes);
        seen.set(key, attributes);
        over.delete(key);
        collected.observe(gauge, value, attributes);
      }
      for (const attributes of over.values()) collected.observe(gauge, 0, attributes);
    }
  };
  meter.addBatchObservableCallback(observe, observed);
  return () => meter.removeBatchObservableCallback(observe, observed);
}
