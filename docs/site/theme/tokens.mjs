/**
 * The words of a text: parts of names too, and of Chinese, which has no spaces, each two signs that stand together. The site
 * hands it to the browser as text, so it names nothing outside itself.
 */
export function tokens(text) {
  const found = [];
  for (const word of text.split(/[\s\p{P}\p{S}]+/u)) {
    for (const part of word.split(/([\p{Script=Han}]+)/u)) {
      if (!part) continue;
      if (/\p{Script=Han}/u.test(part)) {
        const signs = [...part];
        if (signs.length === 1) found.push(part);
        for (let at = 1; at < signs.length; at++) found.push(signs[at - 1] + signs[at]);
      } else {
        found.push(part);
        const pieces = part.split(/(?<=[a-z])(?=[A-Z])/);
        if (pieces.length > 1) found.push(...pieces);
      }
    }
  }
  return found;
}
