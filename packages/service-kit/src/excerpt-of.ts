const longest = 160

/** The beginning of a text in one line, for lists: at most 160 letters. */
export function excerptOf(text: string): string {
  // Shown with every event: a text as long as a book is not read whole for it.
  const line = text
    .slice(0, 8 * longest)
    .replace(/\s+/g, ' ')
    .trim()
  const letters = Array.from(line)
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line
}
