import { defineConfig } from "vite";

/** Two bundles: what the browser loads (dist/web/client, with a manifest) and what renders pages on the server. */
export default defineConfig({
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  environments: {
    client: {
      build: {
        outDir: "dist/web/client",
        emptyOutDir: true,
        manifest: true,
        assetsInlineLimit: 0,
        modulePreload: false,
        rollupOptions: { input: "src/web/client.tsx" },
      },
    },
    ssr: {
      resolve: { noExternal: true },
      build: {
        outDir: "dist/web/server",
        emptyOutDir: true,
        ssr: true,
        emitAssets: false,
        rollupOptions: { input: "src/web/render.tsx" },
      },
    },
  },
  builder: {
    buildApp: async (builder) => {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
