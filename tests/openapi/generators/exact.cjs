// A fetch for JavaScript, whose numbers round ids: it makes text of numbers that have more digits than a number holds. The
// document's `Id` takes both.
const NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

const exact = (json) => json.replace(NUMBERS, (found) => (found.startsWith('"') ? found : `"${found}"`));

exports.parse = (json) => JSON.parse(exact(json));

exports.exactFetch = async (...request) => {
  const answer = await fetch(...request);
  const text = exact(await answer.text());
  const { status, statusText, headers } = answer;
  return new Response(text, { status, statusText, headers });
};
