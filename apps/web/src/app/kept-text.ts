import { useState } from 'react'
import { useMe } from './session.ts'

/**
 * A text kept on this device until it has been sent: it survives a reload, and nobody who logs in later on the same
 * device sees it. An empty text is removed.
 */
export function useKeptText(what: string): readonly [string, (next: string) => void] {
  const me = useMe()
  const place = `hamava.text.${me?.workspace.id}.${me?.member?.id}.${what}`
  const [text, setText] = useState(() => read(place))
  const write = (next: string) => {
    setText(next)
    keep(place, next)
  }
  return [text, write]
}

function read(place: string): string {
  try {
    return localStorage.getItem(place) ?? ''
  } catch {
    return ''
  }
}

function keep(place: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(place)
    else localStorage.setItem(place, text)
  } catch {
    // Without storage, the text stays on the page only.
  }
}
