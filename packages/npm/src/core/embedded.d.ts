// The core's modules, compressed by Brotli, in Base64. The JavaScript is written when the package is built.

export declare const calls: string;
export declare const later: string;
