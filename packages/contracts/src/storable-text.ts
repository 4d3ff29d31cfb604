/**
 * The beginning of a text from outside, in a form that PostgreSQL can hold: at most `length` UTF-16 units, no half
 * characters, whether they were cut here or came so, and no NUL.
 */
export function storableText(text: string, length: number): string {
  const isCut = (text.charCodeAt(length - 1) & 0xfc00) === 0xd800 && text.length > length
  return text
    .slice(0, isCut ? length - 1 : length)
    .toWellFormed()
    .replaceAll('\0', '�')
}
