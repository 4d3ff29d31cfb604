import { useEffect } from 'react'
import { goToField } from './go-to-field.ts'

/** Begins at the field that the address names after its `#`. */
export function useFieldOfAddress(): void {
  useEffect(() => {
    goToField(decodeURIComponent(location.hash.slice(1)))
  }, [])
}
