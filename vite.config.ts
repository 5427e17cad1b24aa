import { defineConfig, type EnvironmentOptions, type Plugin } from "vite";
import { languages, type Language } from "./src/locales/index.ts";

/** Leaves out the texts of every other language where a bundle is that of one, so that readers load only their own. */
const oneLanguage: Plugin = {
  name: "one-language",
  enforce: "pre",
  load(id) {
    const foreign = languages.find((language) => id.endsWith(`/src/locales/${language}.ts`));
    const isOfOne = languages.some((language) => language === this.environment.name);
    return isOfOne && foreign !== undefined && foreign !== this.environment.name
      ? `export const ${foreign} = undefined;`
      : null;
  },
};

/** What a browser loads, with a manifest; all languages share a folder, the style sheet and the font. */
const client = (language: Language): EnvironmentOptions => ({
  consumer: "client",
  build: {
    outDir: "dist/web/client",
    emptyOutDir: language === languages[0],
    manifest: `${language}.json`,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    rollupOptions: {
      input: "src/web/client.tsx",
      preserveEntrySignatures: "allow-extension",
    },
  },
});

/** What other sites' pages load: one small script, whose address the server gives a hash. */
const tracker: EnvironmentOptions = {
  consumer: "client",
  build: {
    outDir: "dist/tracker",
    emptyOutDir: true,
    modulePreload: false,
    target: "es2020",
    rollupOptions: {
      input: "src/collect/tracker/tracker.ts",
      output: { format: "iife", entryFileNames: "embudo.js" },
    },
  },
};

/** A bundle for the browsers of each language (dist/web/client), the tracker, and what renders pages on the server. */
export default defineConfig({
  publicDir: false,
  plugins: [oneLanguage],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  environments: {
    ...Object.fromEntries(languages.map((language) => [language, client(language)])),
    tracker,
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
      for (const [name, environment] of Object.entries(builder.environments))
        if (name !== "client") await builder.build(environment);
    },
  },
});
