import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { Hono } from "hono";
import type { Variables } from "./security.ts";

/** A running server. */
export interface Listening {
  port: number;
  url: string;
  /** Stops taking requests, lets the running ones end, and then closes. */
  close: () => Promise<void>;
}

interface Options {
  app: Hono<Variables>;
  /** 0 takes any free port. */
  port: number;
  hostname?: "127.0.0.1";
  /** Milliseconds that running requests are given to end. */
  patience?: number;
}

/** Serves an app on this machine only. */
export function listen({ app, port, hostname = "127.0.0.1", patience = 5000 }: Options): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname }, ({ port: taken }: AddressInfo) =>
      resolve({ port: taken, url: `http://${hostname}:${taken}`, close: () => closing(server, patience) }),
    );
    server.once("error", reject);
  });
}

function closing(server: ReturnType<typeof serve>, patience: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const force = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), patience);
    server.close((error) => {
      clearTimeout(force);
      if (error) reject(error);
      else resolve();
    });
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  });
}
