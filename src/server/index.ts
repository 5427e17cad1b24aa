export { listen, type Listening } from "./listen.ts";
export type { Operation, Operations } from "./operations.ts";
export type { Renderer } from "./pages.ts";
export { createServer, type ServerParts } from "./server.ts";
