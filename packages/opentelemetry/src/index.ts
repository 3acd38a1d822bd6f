export { observeHealth } from "./health-gauges.ts";
export type { OpenTelemetryOptions } from "./instrumentation.ts";
export { openTelemetry } from "./open-telemetry.ts";
