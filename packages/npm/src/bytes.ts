/** The bytes of what holds bytes; absent for all else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  // By its tag: tests may run in a realm of their own, with another `ArrayBuffer`.
  const tag = Object.prototype.toString.call(value);
  return /^\[object (Shared)?ArrayBuffer\]$/.test(tag) ? new Uint8Array(value as ArrayBuffer) : undefined;
}
