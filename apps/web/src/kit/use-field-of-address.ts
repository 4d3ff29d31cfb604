import { useEffect } from 'react'
import { goToField } from './go-to-field.ts'

/** Goes to the field that the URL names after its `#`. */
export function useFieldOfAddress(): void {
  useEffect(() => {
    goToField(decodeURIComponent(location.hash.slice(1)))
  }, [])
}
