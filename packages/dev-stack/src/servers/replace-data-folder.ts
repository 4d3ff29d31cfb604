import { existsSync, renameSync, rmSync } from 'node:fs'

/** Where the copy is made. */
export const draftOf = (folder: string) => `${folder}.new`

/** What a copy is called that is whole and checked, until it gets the final name. */
const checkedOf = (folder: string) => `${folder}.moved`

/** Puts the checked copy in place of a data folder, and returns the new name of the old one. */
export function replaceFolder(folder: string, now: Date): string {
  const kept = `${folder}-until-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`
  renameSync(draftOf(folder), checkedOf(folder))
  renameSync(folder, kept)
  finishReplacing(folder)
  return kept
}

/** Finishes a replacement that was interrupted between its two renames; returns whether there was one. */
export function finishReplacing(folder: string): boolean {
  if (existsSync(folder) || !existsSync(checkedOf(folder))) return false
  renameSync(checkedOf(folder), folder)
  return true
}

/** Removes the copy of a run that was interrupted before the old folder was renamed; returns whether there was one. */
export function removeDraft(folder: string): boolean {
  // Once the old folder has its other name, the checked copy is the data.
  if (!existsSync(folder)) return false
  const left = [draftOf(folder), `${draftOf(folder)}.half`, checkedOf(folder)].filter(existsSync)
  for (const path of left) rmSync(path, { recursive: true, force: true })
  return left.length > 0
}
