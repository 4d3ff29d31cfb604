import { useEffect } from 'react'

/** Begins at the field that the address names after its `#`. */
export function useFieldOfAddress(): void {
  useEffect(() => {
    const field = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    field?.focus()
    field?.scrollIntoView({ block: 'center' })
  }, [])
}
