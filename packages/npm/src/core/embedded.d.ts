// The core's module, compressed by Brotli, in Base64. The JavaScript is written when the package is built.

declare const text: string;
export default text;
