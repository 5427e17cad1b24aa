export { dialectNames, type DialectName } from "./dialect.ts";
export { forgetLanded } from "./forget.ts";
export { incoming } from "./incoming.ts";
export { land, type Landed } from "./land.ts";
export { openStreams, StreamsSource, understoodMappings } from "./open.ts";
export { resumeOf } from "./resume.ts";
export { spooled } from "./spool.ts";
export { countsOf, streamsOf } from "./streams.ts";
