export { dialects, type DialectName } from "./dialect.ts";
export { land, type Landed } from "./land.ts";
export { openStreams, StreamsSource } from "./open.ts";
export { spooled } from "./spool.ts";
export { countsOf, streamsOf } from "./streams.ts";
