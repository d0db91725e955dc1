/** Words of the tables and the program, which are English; what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  const parts = text.split(/`([^`]+)`/);
  return <span lang="en">{parts.map((part, at) => (at % 2 ? <code key={at}>{part}</code> : part))}</span>;
}
