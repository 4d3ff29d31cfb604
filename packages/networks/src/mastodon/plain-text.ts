const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** What a status's HTML says, as it was written: paragraphs and breaks become lines, links their text. */
export const plainText = (html: string): string =>
  html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/p>\s*<p[^>]*>/gi, '\n\n')
    // Any other block element ends a line.
    .replace(/<\/(?:p|li|ul|ol|div|blockquote|pre|h[1-6])>\s*/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => decode(name) ?? whole)
    .trim()

function decode(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()]
  const isHex = name[1]?.toLowerCase() === 'x'
  const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

/** Normalizes a text so that the server's own changes to it make no difference. */
export const comparable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/@([\p{L}\p{N}_.-]+)@[\p{L}\p{N}.-]+[\p{L}\p{N}]/gu, '@$1')
    .replace(/\s+/gu, ' ')
    .trim()

/**
 * The letters and digits of a text that any server that reads Markdown keeps: without list numbers, images and link
 * addresses.
 */
export const lettersOf = (text: string): string =>
  text
    .replace(/!\[[^\]]*\]\([^)\s]*\)/g, '')
    .replace(/\]\([^)\s]*\)/g, ']')
    .replace(/https?:\/\/\S+/gi, '')
    .replace(/^[ \t]*\d+[.)](?=\s)/gm, '')
    .normalize('NFKC')
    .replace(/@([\p{L}\p{N}_.-]+)@[\p{L}\p{N}.-]+[\p{L}\p{N}]/gu, '@$1')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
