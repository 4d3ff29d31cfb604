/** The id of the composer's field where a cause is mended; findings use the same ids. */
const fields: Record<string, string> = {
  text_too_long: 'field/text',
  text_empty: 'field/text',
  media_refused: 'field/assets',
  media_unread: 'field/assets',
}

export const fieldOf = (code: string | undefined): string | undefined => code && fields[code]
