const waitMs = 5_000

/**
 * Goes to the field with an id that reads like a path, or to the nearest field around it, if there is any. If that
 * field is closed, it is opened, and the field within gets the focus as soon as it exists.
 */
export function goToField(id: string): boolean {
  const found = nearest(id)
  if (!found) return false
  show(found)
  if (found.id === id || found.getAttribute('aria-expanded') !== 'false') return true
  found.click()
  const watch = new MutationObserver(() => {
    const within = document.getElementById(id)
    if (!within) return
    watch.disconnect()
    show(within)
  })
  watch.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => watch.disconnect(), waitMs)
  return true
}

function nearest(id: string): HTMLElement | null {
  for (let at = id; at.includes('/'); at = at.slice(0, at.lastIndexOf('/'))) {
    const field = document.getElementById(at)
    if (field) return field
  }
  return null
}

function show(field: HTMLElement): void {
  field.focus()
  field.scrollIntoView({ block: 'center', behavior: 'smooth' })
}
