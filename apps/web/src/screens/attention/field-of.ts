/** Where in the composer a cause is mended: the id of the field, as its findings name them too. */
const fields: Record<string, string> = {
  text_too_long: 'field/text',
  text_empty: 'field/text',
  media_refused: 'field/assets',
  media_unread: 'field/assets',
}

export const fieldOf = (code: string | undefined): string | undefined => code && fields[code]
