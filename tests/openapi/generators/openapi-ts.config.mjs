export default {
  input: process.env.OPENAPI_DOCUMENT,
  output: "hey",
  plugins: ["@hey-api/client-fetch", "zod", { name: "@hey-api/sdk", validator: { response: "zod" } }],
};
