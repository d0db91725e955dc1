const CHINESE = /;\s*charset\s*=\s*"?\s*(gbk|gb2312|gb_2312-80|gb18030|x-gbk|cp936|windows-936|euc-cn)\b/i;

/** A body in UTF-8, as the core reads it. What Content-Type says is in a Chinese charset is written anew. */
export function utf8(body: Uint8Array, contentType: string | null | undefined): Uint8Array {
  if (!contentType || !CHINESE.test(contentType)) return body;
  try {
    // The largest of them, which holds the others.
    return new TextEncoder().encode(new TextDecoder("gb18030").decode(body));
  } catch {
    // A runtime without this charset.
    return body;
  }
}
