import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Building empties the folder the wheel takes; this puts back what keeps it in git. */
function keepFolder(): Plugin {
  return {
    name: "keep-folder",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: ".gitkeep", source: "" });
    },
  };
}

const server = process.env.DOORSTEP_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), keepFolder()],
  build: {
    outDir: "../src/doorstep/web",
    emptyOutDir: true,
    target: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": server } },
});
