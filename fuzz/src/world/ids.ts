const anyId =
  /\b(ws|mem|usr|ses|key|aud|ch|post|ast|pub|att|hold|conv|msg|evt)_[0-9a-hjkmnp-tv-z]{26}\b/g

/** Every id of ours in a text. */
export const idsIn = (text: string): string[] => [...new Set(text.match(anyId))]

export const prefixOf = (id: string) => id.slice(0, id.indexOf('_'))

/** The kind of id that a pattern asks for; undefined for any other pattern. */
export const prefixOfPattern = (pattern: string | undefined) =>
  /^\^([a-z]+)_\[/.exec(pattern ?? '')?.[1]
