import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "../../docs/openapi.json",
  output: { path: "src/generated", module: { extension: ".ts" } },
  plugins: [
    "@hey-api/typescript",
    { name: "@hey-api/client-fetch", throwOnError: true },
    {
      name: "@hey-api/sdk",
      responseStyle: "data",
      operations: { strategy: "single", containerName: "Operations", methods: "instance" },
    },
  ],
  logs: { level: "error" },
});
