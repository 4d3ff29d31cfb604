const longest = 160

/** The beginning of a text in one line, for lists: at most 160 letters. */
export function excerptOf(text: string): string {
  // Called for every event, so a very long text is cut before the replacements.
  const line = text
    .slice(0, 8 * longest)
    .replace(/\s+/g, ' ')
    .trim()
  const letters = Array.from(line)
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line
}
