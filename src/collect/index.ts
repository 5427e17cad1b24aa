export type { Call, Reply } from "./call.ts";
export { openCollector, type Collector } from "./collector.ts";
export { openEndpoint, type Endpoint } from "./endpoint.ts";
export { secretOf } from "./secrets.ts";
export { calls } from "./segment.ts";
export { drain } from "./drain/drain.ts";
export { webSource } from "./drain/mappings.ts";
export { journalFolder } from "./folders.ts";
export { segmentsIn } from "./journal/segments.ts";
