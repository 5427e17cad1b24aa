export { dialectNames, type DialectName } from "./dialect.ts";
export { land, type Landed } from "./land.ts";
export { mappedStreams, openStreams, StreamsSource } from "./open.ts";
export { resumeOf } from "./resume.ts";
export { spooled } from "./spool.ts";
export { countsOf, streamsOf } from "./streams.ts";
