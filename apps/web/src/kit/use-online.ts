import { useSyncExternalStore } from 'react'

function watch(look: () => void): () => void {
  addEventListener('online', look)
  addEventListener('offline', look)
  return () => {
    removeEventListener('online', look)
    removeEventListener('offline', look)
  }
}

/** Whether the device has a connection at all. */
export const useOnline = (): boolean => useSyncExternalStore(watch, () => navigator.onLine)
